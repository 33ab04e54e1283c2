import { instantAt } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { type Lie, lies, lying } from '../../test/lying-breaker.ts';
import { start, virtualTime } from '../../test/virtual-time.ts';
import { createBulkhead } from '../bulkhead/bulkhead.ts';
import { withTimeout } from '../bulkhead/with-timeout.ts';
import type { Observation } from '../port/observation.ts';
import type { Send } from '../port/operation.ts';
import type { SubmitOutcome } from '../port/outcome.ts';
import type { Provider, ProviderFault } from '../port/provider.ts';
import { exponentialBackoff } from '../retry/backoff.ts';
import { retryPolicy } from '../retry/next-retry.ts';
import { guardProvider } from './guard-provider.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const signal = new AbortController().signal;

const power = {
  currencies: ['USD'],
  idempotency: { mechanism: 'key', replaysErrors: true, marksReplays: true },
  lookup: { consistency: 'strong' },
  inFlightHorizon: { ms: 60_000 },
  repairHorizon: { ms: 86_400_000 },
} as const;

const observation: Observation = {
  provider: 'acme',
  account: 'acct-1',
  mode: 'sandbox',
  kind: 'transfer',
  object: 'tr_1',
  status: 'succeeded',
  rawStatus: 'paid',
  reference: 'payout-1',
  metadata: {},
  amount: usd('5'),
  returns: [],
  createdAt: instantAt(start),
};
const accepted: SubmitOutcome = { outcome: 'accepted', observation, replayed: false };
const fault: ProviderFault = {
  fault: true,
  code: 'provider_unavailable',
  message: 'down',
  retryable: true,
  effect: 'none',
};

function sendOf(attempt: number, kind: Send['operation']['kind'] = 'transfer'): Send {
  const operation = { kind, reference: 'payout-1', amount: usd('5'), metadata: { attempt: `${attempt}` } };
  return { operation, key: `payout-1:${attempt}`, body: JSON.stringify({ attempt }) };
}

/** A provider of which a test says only what it needs. */
function providerOf(own: Partial<Provider<'sandbox'>>): Provider<'sandbox'> {
  return {
    descriptor: { id: 'acme', account: 'acct-1', mode: 'sandbox', operations: { transfer: power, refund: power } },
    encode: ({ reference }) => reference,
    submit: async () => accepted,
    lookup: async () => ok({ found: [] as const, conclusive: true, why: 'nothing' }),
    listSince: async () => ok({ observations: [] }),
    probe: async () => ok({ at: instantAt(start) }),
    ...own,
  };
}

const quick = retryPolicy({ backoff: exponentialBackoff({ base: { ms: 200 }, most: { ms: 2_000 } }) });

describe('a guarded provider', () => {
  it('passes what is asked and what is answered', async () => {
    const sent: Send[] = [];
    const submit = async (send: Send) => {
      sent.push(send);
      return accepted;
    };
    const guarded = guardProvider(providerOf({ submit }), virtualTime());
    expect(await guarded.submit(sendOf(1), signal)).toBe(accepted);
    expect(sent).toEqual([sendOf(1)]);
    expect(guarded.encode(sendOf(1).operation)).toBe('payout-1');
    expect(guarded.descriptor.mode).toBe('sandbox');
    expect((await guarded.probe(signal)).isOk()).toBe(true);
    expect(guarded.quote).toBeUndefined();
  });

  it('ends a send that hangs as unknown, and fires its signal', async () => {
    let aborted = false;
    const submit = (_: Send, own: AbortSignal) =>
      new Promise<SubmitOutcome>(() => {
        own.addEventListener('abort', () => {
          aborted = true;
        });
      });
    const time = virtualTime();
    const end = await guardProvider(providerOf({ submit }), time).submit(sendOf(1), signal);
    expect(end).toEqual({ outcome: 'unknown', reason: 'silence', detail: 'no answer within 15000 ms' });
    expect(aborted).toBe(true);
    expect(time.clockMs.now - start).toBe(15_000);
  });

  it('says unknown where the caller gives up under way, and not sent where it had before', async () => {
    const caller = new AbortController();
    let calls = 0;
    const submit = () => {
      calls += 1;
      caller.abort();
      return new Promise<SubmitOutcome>(() => undefined);
    };
    const guarded = guardProvider(providerOf({ submit }), virtualTime());
    expect(await guarded.submit(sendOf(1), caller.signal)).toMatchObject({ outcome: 'unknown', reason: 'silence' });
    expect(await guarded.submit(sendOf(1), caller.signal)).toEqual({ outcome: 'not_sent', reason: 'given_up' });
    expect(calls).toBe(1);
  });

  it.each<[string, () => Promise<SubmitOutcome>]>([
    ['throws', () => Promise.reject(new Error('a bug'))],
    [
      'throws at once',
      () => {
        throw new Error('a bug');
      },
    ],
    ['answers nothing', async () => undefined as never],
    ['answers what is no outcome', async () => ({ outcome: 'done' }) as never],
  ])('says unknown where the adapter %s', async (_, submit) => {
    const end = await guardProvider(providerOf({ submit }), virtualTime()).submit(sendOf(1), signal);
    expect(end).toMatchObject({ outcome: 'unknown', reason: 'silence' });
  });

  it('does not send what the provider cannot do', async () => {
    let calls = 0;
    const submit = async () => {
      calls += 1;
      return accepted;
    };
    const guarded = guardProvider(providerOf({ submit }), virtualTime());
    const { operation } = sendOf(1);
    const euros = { ...operation, amount: { ...operation.amount, currency: { code: 'EUR', scale: 2 } } as never };
    for (const wrong of [sendOf(1, 'payout'), sendOf(1, 'constructor' as never), { ...sendOf(1), operation: euros }])
      expect(await guarded.submit(wrong, signal)).toEqual({ outcome: 'not_sent', reason: 'not_capable' });
    expect(calls).toBe(0);
  });

  it('opens the breaker of one kind of send, and of nothing else', async () => {
    const down = async (): Promise<SubmitOutcome> => ({ outcome: 'unknown', reason: 'server_error', detail: '502' });
    const time = virtualTime();
    const guarded = guardProvider(providerOf({ submit: down }), time);
    for (let times = 0; times < 5; times++)
      expect(await guarded.submit(sendOf(times), signal)).toMatchObject({ outcome: 'unknown' });
    expect(await guarded.submit(sendOf(6), signal)).toEqual({
      outcome: 'not_sent',
      reason: 'breaker_open',
      retryAt: instantAt(start + 60_000),
    });
    expect(await guarded.submit(sendOf(6, 'refund'), signal)).toMatchObject({ outcome: 'unknown' });
    expect((await guarded.lookup({ kind: 'transfer', reference: 'r', since: instantAt(start) }, signal)).isOk()).toBe(
      true,
    );
    expect((await guarded.breaker('submit', 'transfer').state()).phase).toBe('open');
    time.clockMs.now += 60_000;
    expect(await guarded.submit(sendOf(7), signal)).toMatchObject({ outcome: 'unknown' });
    expect(await guarded.submit(sendOf(8), signal)).toMatchObject({ retryAt: instantAt(start + 180_000) });
  });

  it('leaves the breaker alone when the provider says no', async () => {
    const no = { outcome: 'rejected', code: 'x', advice: 'fix_destination', kept: true, replayed: false } as const;
    const throttled = { ...no, advice: 'retry_later', kept: false } as const;
    const outcomes: SubmitOutcome[] = Array.from({ length: 12 }, (_, index) => (index % 2 ? no : throttled));
    const guarded = guardProvider(providerOf({ submit: async () => outcomes.pop() as SubmitOutcome }), virtualTime());
    for (let times = 0; times < 12; times++)
      expect(await guarded.submit(sendOf(times), signal)).toMatchObject({ outcome: 'rejected' });
    expect((await guarded.breaker('submit', 'transfer').state()).phase).toBe('closed');
  });

  it('sends ten at once, and says of the eleventh that it was not sent', async () => {
    const open: ((outcome: SubmitOutcome) => void)[] = [];
    const submit = () => new Promise<SubmitOutcome>((resolve) => open.push(resolve));
    const guarded = guardProvider(providerOf({ submit }));
    const ten = Array.from({ length: 10 }, (_, index) => guarded.submit(sendOf(index), new AbortController().signal));
    await expect.poll(() => open.length).toBe(10);
    expect(await guarded.submit(sendOf(11), signal)).toEqual({ outcome: 'not_sent', reason: 'bulkhead_full' });
    expect((await guarded.probe(signal)).isOk()).toBe(true);
    for (const resolve of open) resolve(accepted);
    expect(await Promise.all(ten)).toEqual(Array(10).fill(accepted));
    expect(open).toHaveLength(10);
  });

  it('reads again, and each try asks the breaker', async () => {
    const answers = [err(fault), err(fault), ok({ at: instantAt(start) })];
    const time = virtualTime();
    const guarded = guardProvider(providerOf({ probe: async () => answers.shift() as never }), {
      ...time,
      readRetries: quick,
    });
    expect((await guarded.probe(signal)).isOk()).toBe(true);
    expect(time.clockMs.now - start).toBe(100 + 200);
  });

  it('reads no more often than its policy and its breaker allow', async () => {
    let calls = 0;
    const probe = async () => {
      calls += 1;
      return err(fault);
    };
    const time = virtualTime();
    const guarded = guardProvider(providerOf({ probe }), { ...time, readRetries: quick });
    expect((await guarded.probe(signal)).isErr()).toBe(true);
    expect(calls).toBe(4);
    const waited = time.clockMs.now;
    const closed = (await guarded.probe(signal))._unsafeUnwrapErr();
    expect(calls).toBe(5);
    // One try before it opened, one that heard that it is open, and none after that.
    expect(time.clockMs.now - waited).toBe(100);
    expect(closed).toMatchObject({ code: 'provider_unavailable', message: expect.stringContaining('breaker') });
  });

  it('does not read again what the provider refused, nor what an adapter threw', async () => {
    let calls = 0;
    const refused: ProviderFault = { ...fault, code: 'provider_refused', retryable: false };
    const lookup = async () => {
      calls += 1;
      if (calls === 2) throw new Error('a bug');
      return err(refused);
    };
    const guarded = guardProvider(providerOf({ lookup }), { ...virtualTime(), readRetries: quick });
    const query = { kind: 'transfer', reference: 'r', since: instantAt(start) } as const;
    expect((await guarded.lookup(query, signal))._unsafeUnwrapErr()).toBe(refused);
    expect((await guarded.lookup(query, signal))._unsafeUnwrapErr()).toMatchObject({ code: 'provider_unreadable' });
    expect(calls).toBe(2);
  });

  it('ends a read that hangs as a fault without effect', async () => {
    const listSince = () => new Promise<never>(() => undefined);
    const readRetries = retryPolicy({ retries: 0, backoff: { kind: 'none' } });
    const guarded = guardProvider(providerOf({ listSince }), { ...virtualTime(), readRetries });
    const query = { kind: 'transfer', from: instantAt(start), to: instantAt(start + 1) } as const;
    expect((await guarded.listSince(query, signal))._unsafeUnwrapErr()).toMatchObject({
      code: 'provider_timeout',
      effect: 'none',
    });
  });

  it('keeps the marks of the provider, and its prices', async () => {
    const mark = Symbol.for('a mark');
    const quote = async () => err(fault);
    const provider = Object.assign(providerOf({ quote }), { [mark]: true });
    const guarded = guardProvider(provider, {
      ...virtualTime(),
      readRetries: retryPolicy({ retries: 0, backoff: { kind: 'none' } }),
    });
    expect(mark in guarded).toBe(true);
    expect((await guarded.quote?.(sendOf(1).operation, signal))?.isErr()).toBe(true);
  });

  it.each<[string, object]>([
    ['a time-out of nothing', { submitTimeout: { ms: 0 } }],
    ['a time-out that a timer cannot hold', { readTimeout: { ms: 2 ** 31 } }],
    ['a breaker that never opens', { breaker: { failuresInRow: Number.POSITIVE_INFINITY } }],
    ['no place at all', { bulkhead: { concurrent: 0 } }],
  ])('is refused with %s', (_, options) => {
    expect(() => guardProvider(providerOf({}), options)).toThrow(/time-out|breaker|bulkhead/);
  });
});

describe('a bulkhead', () => {
  it('serves who waits in order, and hands its places on', async () => {
    const bulkhead = createBulkhead({ concurrent: 1, waiting: 2 });
    const seen: number[] = [];
    const ends: (() => void)[] = [];
    const work = (number: number) => async () => {
      seen.push(number);
      await new Promise<void>((resolve) => ends.push(resolve));
      return number;
    };
    const all = [1, 2, 3].map((number) => bulkhead.run(work(number)));
    expect(await bulkhead.run(work(4))).toBe('full');
    expect(bulkhead.load()).toEqual({ running: 1, waiting: 2 });
    for (let times = 0; times < 3; times++) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3]);
    expect(seen).toEqual([1, 2, 3]);
    expect(bulkhead.load()).toEqual({ running: 0, waiting: 0 });
  });

  it('gives its place back where the work throws', async () => {
    const bulkhead = createBulkhead({ concurrent: 1 });
    await expect(bulkhead.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await bulkhead.run(async () => 'yes')).toBe('yes');
  });
});

describe('a time-out', () => {
  it('tells the end once, and takes no notice of what comes after', async () => {
    const timed = await withTimeout(async () => 'value', { timeout: { ms: 1_000 } });
    expect(timed).toEqual({ kind: 'done', value: 'value' });
    const late = await withTimeout(
      (own) => new Promise((_, reject) => own.addEventListener('abort', () => reject(new Error('late')))),
      { timeout: { ms: 1 } },
    );
    expect(late).toEqual({ kind: 'timed_out' });
  });

  it('leaves no listener on the caller’s signal', async () => {
    const caller = new AbortController();
    let listeners = 0;
    const { signal: own } = caller;
    const add = own.addEventListener.bind(own);
    const remove = own.removeEventListener.bind(own);
    own.addEventListener = ((...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    }) as typeof own.addEventListener;
    own.removeEventListener = ((...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    }) as typeof own.removeEventListener;
    await withTimeout(async () => 1, { timeout: { ms: 1_000 }, signal: own });
    expect(listeners).toBe(0);
  });
});

/** What a send does at the provider, and what of it comes back. */
const anyBehaviour = fc.constantFrom('done', 'lost', 'not_done', 'no', 'throws', 'hangs');

describe('the safety of money', { timeout: 30_000 + runs.numRuns * 100 }, () => {
  it('law: does not depend on the breaker: a send is called once or, where it says so, not at all; nothing is made up', async () => {
    const anyLie = fc.constantFrom<Lie>(...lies);
    const plays = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), anyBehaviour), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        anyLie,
        plays,
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (lie, all, dice) => {
          const chance = () => dice.next().value as number;
          const moved = new Map<string, number>();
          let calls = 0;
          let behaviour: string = 'done';
          const submit = async (send: Send): Promise<SubmitOutcome> => {
            calls += 1;
            // The provider's own book: one movement for each key, whatever is lost.
            if (behaviour === 'done' || behaviour === 'lost' || behaviour === 'throws') moved.set(send.key, 1);
            if (behaviour === 'throws') throw new Error('socket hang up');
            if (behaviour === 'hangs' || behaviour === 'lost') return new Promise<never>(() => undefined);
            if (behaviour === 'no')
              return { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: false, replayed: false };
            if (behaviour === 'not_done') return { outcome: 'unknown', reason: 'server_error', detail: '500' };
            return accepted;
          };
          const honest = lie === 'honest' ? {} : { breakerFor: () => lying(lie, chance) };
          const guarded = guardProvider(providerOf({ submit }), { ...virtualTime(), ...honest });
          const paid = new Set<string>();
          for (const [attempt, how] of all) {
            behaviour = how;
            const before = calls;
            const send = sendOf(attempt);
            const end = await guarded.submit(send, signal);
            expect(calls - before).toBe(end.outcome === 'not_sent' ? 0 : 1);
            if (end.outcome === 'not_sent') expect(['open', 'random', 'honest']).toContain(lie);
            if (end.outcome === 'accepted') paid.add(send.key);
            // A yes or a no is said only where the provider said it.
            expect(end.outcome === 'accepted').toBe(how === 'done' && calls > before);
            expect(end.outcome === 'rejected').toBe(how === 'no' && calls > before);
          }
          for (const key of paid) expect(moved.get(key)).toBe(1);
          if (lie === 'closed' || lie === 'throws' || lie === 'hangs' || lie === 'nonsense')
            expect(calls).toBe(all.length);
          if (lie === 'open') expect(calls).toBe(0);
        },
      ),
      runs,
    );
  });
});
