import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import {
  type Lookup,
  type Operation,
  type Provider,
  type SubmitOutcome,
  simulatedDescriptor,
} from '@holdfast/providers';
import { ok } from 'neverthrow';
import { changes, type FaultyProvider, faulty } from './faulty-provider.ts';

/** Mistakes in what a provider promises, asks for and keeps. */
export const faultyCalls: readonly FaultyProvider[] = [
  faulty('forgets-keys-early', 'keeps keys for half a day and promises a whole', {
    options: { keyRetention: hours(12) },
  }),
  faulty('lags-in-secret', 'promises a strong look-up that lags', { options: { lookupLag: hours(1) } }),
  faulty('absence-from-a-lag', 'says of absence that it is conclusive, though the look-up lags', {
    options: { descriptor: lagging(), lookupLag: hours(2) },
    lacks: { strong_lookup: 'what was made is found after two hours' },
    wrap: ({ provider }) => ({ ...provider, ...conclusive(provider) }),
  }),
  faulty(
    'throws',
    'throws where the wire breaks',
    changes((provider) => ({
      submit: async (send, signal) => {
        const outcome = await provider.submit(send, signal);
        if (outcome.outcome === 'unknown') throw new Error(outcome.detail);
        return outcome;
      },
    })),
  ),
  faulty(
    'repeats-by-itself',
    'sends again when it is not answered',
    changes((provider) => ({
      submit: async (send, signal) => {
        const outcome = await provider.submit(send, signal);
        return outcome.outcome === 'unknown' ? provider.submit(send, signal) : outcome;
      },
    })),
  ),
  faulty(
    'key-for-each-call',
    'makes up another key for each call',
    changes((provider) => {
      let calls = 0;
      return { submit: (send, signal) => provider.submit({ ...send, key: `${send.key}-${calls++}` }, signal) };
    }),
  ),
  faulty(
    'key-of-the-reference',
    'uses the reference as key, so that a new attempt is taken for the old one',
    changes((provider) => ({
      submit: (send, signal) => provider.submit({ ...send, key: send.operation.reference }, signal),
    })),
  ),
  faulty(
    'body-with-a-clock',
    'puts something new into the bytes each time',
    changes((provider) => {
      let calls = 0;
      return {
        encode: (operation: Operation) =>
          provider.encode({ ...operation, metadata: { ...operation.metadata, call: `${calls++}` } }),
      };
    }),
  ),
  faulty(
    'body-without-metadata',
    'leaves the metadata out of the bytes',
    changes((provider) => ({
      encode: (operation: Operation) => provider.encode({ ...operation, metadata: {} }),
    })),
  ),
  faulty(
    'sends-anything',
    'sends what its provider cannot do',
    changes((provider, { peer }) => ({
      submit: async (send, signal) => {
        const { amount, destination } = send.operation;
        if (provider.descriptor.operations[send.operation.kind]) return provider.submit(send, signal);
        const operation: Operation = {
          kind: 'transfer',
          reference: 'law-1',
          amount,
          metadata: {},
          ...(destination === undefined ? {} : { destination }),
        };
        return peer.receive({ ...send, body: provider.encode(operation) });
      },
    })),
  ),
  faulty(
    'deaf-to-signals',
    'says of what was given up that nothing was sent, and sends it',
    changes((provider) => ({
      submit: async (send, signal) => {
        const outcome = await provider.submit(send, new AbortController().signal);
        return signal.aborted ? { outcome: 'not_sent', reason: 'connection_refused' } : outcome;
      },
    })),
  ),
  faulty(
    'first-page-only',
    'reads one page of a look-up',
    changes((provider) => ({
      lookup: async (query, signal) =>
        (await provider.lookup(query, signal)).map(
          (lookup): Lookup => (lookup.found.length > 3 ? { found: lookup.found.slice(0, 3) } : lookup),
        ),
    })),
  ),
  faulty(
    'looks-up-by-prefix',
    'finds references that begin alike',
    changes((_provider, { peer }) => ({
      lookup: async ({ kind, reference }) => {
        const found = peer.list(kind, '2000-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z');
        const alike = found.filter((one) => one.reference?.startsWith(reference));
        return ok(alike.length > 0 ? { found: alike } : { found: [], conclusive: true, why: '' });
      },
    })),
  ),
  faulty(
    'failed-look-up-is-absence',
    'says that there is nothing where a look-up failed',
    changes((provider) => ({
      lookup: async (query, signal) =>
        (await provider.lookup(query, signal)).orElse(() => ok({ found: [], conclusive: true, why: '' } as const)),
    })),
  ),
  faulty(
    'list-loses-page-ends',
    'goes on after a page one object too late',
    changes((provider) => ({
      listSince: async (query, signal) =>
        (await provider.listSince(query, signal)).map((page) =>
          page.next === undefined ? page : { ...page, next: `${Number(page.next) + 1}` },
        ),
    })),
  ),
  faulty(
    'list-ends-inclusive',
    'lists what was made at the end of its window too',
    changes((provider) => ({
      listSince: (query, signal) => provider.listSince({ ...query, to: `${query.to}+` }, signal),
    })),
  ),
  faulty(
    'list-newest-first',
    'lists the newest first',
    changes((provider) => ({
      listSince: async (query, signal) =>
        (await provider.listSince(query, signal)).map((page) => ({
          ...page,
          observations: [...page.observations].reverse(),
        })),
    })),
  ),
  faulty(
    'probe-pays',
    'moves a cent to see whether the provider answers',
    changes((provider, { peer }) => ({
      probe: (signal) => {
        const operation: Operation = { kind: 'transfer', reference: 'probe', amount: usd('0.01'), metadata: {} };
        peer.receive({ operation, key: 'probe', body: provider.encode(operation) });
        return provider.probe(signal);
      },
    })),
  ),
  faulty(
    'descriptor-with-code',
    'describes itself with a function',
    changes((provider) => ({
      descriptor: { ...provider.descriptor, operations: { ...provider.descriptor.operations, ...{ fee: () => 0 } } },
    })),
  ),
  faulty(
    'repeats-throttles',
    'sends again at once when it is throttled',
    changes((provider) => ({
      submit: async (send, signal) => {
        const outcome = await provider.submit(send, signal);
        return outcome.outcome === 'rejected' && !outcome.kept ? provider.submit(send, signal) : outcome;
      },
    })),
  ),
  faulty(
    'keeps-throttles',
    'answers a key that was throttled from a cache of its own',
    changes((provider) => {
      const cache = new Map<string, SubmitOutcome>();
      return {
        submit: async (send, signal) => {
          const outcome = cache.get(send.key) ?? (await provider.submit(send, signal));
          cache.set(send.key, outcome);
          return outcome;
        },
      };
    }),
  ),
];

function conclusive(provider: Provider): Pick<Provider, 'lookup'> {
  return {
    lookup: async (query, signal) =>
      (await provider.lookup(query, signal)).map(
        (lookup): Lookup =>
          lookup.found.length > 0 ? lookup : { found: [], conclusive: true, why: 'There was nothing.' },
      ),
  };
}

function lagging() {
  return simulatedDescriptor({
    kinds: ['transfer'],
    power: { lookup: { consistency: 'eventual', lag: hours(2) } },
  });
}
