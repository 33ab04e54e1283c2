import { money } from '@holdfast/money';
import type { Lookup, Observation, SubmitOutcome } from '@holdfast/providers';
import { changes, type FaultyProvider, faulty } from './faulty-provider.ts';
import type { SimulatedHarnessOptions } from './simulated-harness.ts';

/** Mistakes in what a provider makes of an answer. */
export const faultyAnswers: readonly FaultyProvider[] = [
  faulty(
    'mark-forgotten',
    'does not mark replays, and promises to',
    outcomes((outcome) => ('replayed' in outcome ? { ...outcome, replayed: false } : outcome)),
  ),
  faulty(
    'unknown-is-a-no',
    'says no where no answer came',
    outcomes((outcome) => (outcome.outcome === 'unknown' && outcome.reason === 'silence' ? no('timeout') : outcome)),
  ),
  faulty(
    'server-error-is-a-no',
    'says no after a 5xx',
    outcomes((outcome) =>
      outcome.outcome === 'unknown' && outcome.reason === 'server_error' ? no('server_error') : outcome,
    ),
  ),
  faulty(
    'unreadable-is-not-sent',
    'says that nothing was sent where the answer cannot be read',
    outcomes((outcome) =>
      outcome.outcome === 'unknown' && outcome.reason === 'unreadable'
        ? { outcome: 'not_sent', reason: 'handshake_failed' }
        : outcome,
    ),
  ),
  faulty(
    'throttle-is-kept',
    'takes a throttle for a no that is kept',
    outcomes((outcome) => (outcome.outcome === 'rejected' ? { ...outcome, kept: true } : outcome)),
  ),
  faulty(
    'no-is-not-kept',
    'takes a kept no for one of the send alone',
    outcomes((outcome) => (outcome.outcome === 'rejected' ? { ...outcome, kept: false } : outcome)),
  ),
  faulty(
    'advice-is-always-later',
    'advises to try again later, whatever the no is',
    outcomes((outcome) => (outcome.outcome === 'rejected' ? { ...outcome, advice: 'retry_later' } : outcome)),
  ),
  faulty(
    'conflict-is-accepted',
    'does not compare what moved with what was asked for',
    outcomes((outcome) =>
      outcome.outcome === 'conflict' && outcome.observation
        ? { outcome: 'accepted', observation: outcome.observation, replayed: false }
        : outcome,
    ),
  ),
  faulty(
    'key-conflict-is-a-no',
    'takes a key with other bytes for a business no',
    outcomes((outcome) => (outcome.outcome === 'conflict' && !outcome.observation ? no('idempotency_error') : outcome)),
  ),
  faulty(
    'refused-is-silence',
    'does not know where no connection was had',
    outcomes((outcome) =>
      outcome.outcome === 'not_sent' ? { outcome: 'unknown', reason: 'silence', detail: '' } : outcome,
    ),
  ),
  faulty(
    'amount-in-doubles',
    'reads amounts through floating point',
    seen((one) => ({
      ...one,
      amount: money(BigInt(Math.round((Number(one.amount.minor) / 100) * 100)), one.amount.currency),
    })),
  ),
  faulty(
    'always-two-decimals',
    'takes every currency for one of two decimals',
    seen((one) =>
      one.amount.currency.scale === 2 ? one : { ...one, amount: money(one.amount.minor * 100n, one.amount.currency) },
    ),
  ),
  faulty(
    'metadata-lost',
    'leaves the metadata out of what it tells',
    seen((one) => ({ ...one, metadata: {} })),
  ),
  faulty(
    'returns-summed',
    'tells of returns as one sum',
    seen((one) => {
      const [first, ...more] = one.returns;
      if (!first || more.length === 0) return one;
      const total = one.returns.reduce((sum, { amount }) => sum + amount.minor, 0n);
      return { ...one, returns: [{ ...first, amount: money(total, one.amount.currency) }] };
    }),
  ),
  faulty(
    'other-mode',
    'tells of a simulation as if it were real',
    seen((one) => ({ ...one, mode: 'live' })),
  ),
];

/** Changes what a submit answers. */
function outcomes(change: (outcome: SubmitOutcome) => SubmitOutcome): SimulatedHarnessOptions {
  return changes((provider) => ({ submit: async (send, signal) => change(await provider.submit(send, signal)) }));
}

/** Changes what is told of an object, wherever it is told. */
function seen(change: (one: Observation) => Observation): SimulatedHarnessOptions {
  return changes((provider) => ({
    submit: async (send, signal) => {
      const outcome = await provider.submit(send, signal);
      return outcome.outcome === 'accepted' ? { ...outcome, observation: change(outcome.observation) } : outcome;
    },
    lookup: async (query, signal) =>
      (await provider.lookup(query, signal)).map(
        (lookup): Lookup => (lookup.found.length > 0 ? { found: lookup.found.map(change) } : lookup),
      ),
    listSince: async (query, signal) =>
      (await provider.listSince(query, signal)).map((page) => ({
        ...page,
        observations: page.observations.map(change),
      })),
  }));
}

function no(code: string): SubmitOutcome {
  return { outcome: 'rejected', code, advice: 'retry_later', kept: true, replayed: false };
}
