import { createMemoryStore, openBook, type Store } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { createSimulatedProvider, type SimulatedFault, simulatedDescriptor } from '@holdfast/providers';
import { crashAtEveryCall, createVirtualClock, everyInterleaving } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { checkPayouts } from '../check-payouts.ts';
import { definePayouts } from '../define-payouts.ts';
import { payoutsChart } from '../payouts-chart.ts';
import { payoutStatus } from '../records/payout/payout.ts';
import { earn } from '../testing/open-payouts.ts';
import { createPayoutWorker } from './create-payout-worker.ts';

const actor = { id: 'host', role: 'service' };
const start = '2026-03-07T10:00:00.000Z';

/** A provider and a clock that outlive every process, and how a process opens its book. */
function world(...faults: readonly SimulatedFault[]) {
  const clock = createVirtualClock(start);
  const simulated = createSimulatedProvider({
    descriptor: simulatedDescriptor({ id: 'peer', account: 'main' }),
    clock: clock.now,
  });
  simulated.next(...faults);
  const store = createMemoryStore({ nowMs: () => Date.parse(clock.now()) });
  const chart = defineChart({ ...payoutsChart, 'buyers:{buyer}:refunds': { type: 'liability' } });
  const process = (on: Store) => {
    const payouts = definePayouts({ book: 'main', senders: [simulated.provider] });
    const book = openBook({ store: on, name: 'main', chart, clock: clock.now });
    const worker = createPayoutWorker({ book, payouts, providers: [simulated.provider], clock: clock.now });
    return { book, payouts, worker };
  };
  return { clock, simulated, store, process };
}

type World = ReturnType<typeof world>;

/** Sets up, each with its own key, so that a second process may do it again. */
async function prepare({ process }: World, store: Store) {
  const opened = process(store);
  const { book, payouts } = opened;
  const sender = { type: 'RegisterSender', provider: 'peer', account: 'main', mode: 'simulated' } as const;
  await book.use(payouts.sender).execute('peer.main', sender, { actor, key: 'sender' });
  const payee = { type: 'RegisterPayee', destination: 'acct_ann', onboarded: true } as const;
  await book.use(payouts.payee).execute('ann', payee, { actor, key: 'payee' });
  await book.use(payouts.obligation).execute('b0', earn(usd('80')) as never, { actor, key: 'earn' });
  return opened;
}

async function check({ process, store, simulated }: World, ends: readonly string[]) {
  const { book, payouts } = process(store);
  expect((await checkPayouts(book, payouts))._unsafeUnwrap()).toEqual([]);
  const list = (await book.use(payouts.payout).list({ limit: 100 }))._unsafeUnwrap();
  const statuses = list.rows.map(({ state }) => (state ? payoutStatus(state) : 'none'));
  for (const status of statuses) expect(ends).toContain(status);
  expect(simulated.peer.objects()).toHaveLength(statuses.filter((status) => status === 'paid').length);
  return statuses;
}

describe('a worker that dies', () => {
  it.each([
    [[]],
    [['lost_answer']],
    [['lost_request']],
    [['declined']],
    [['server_error_done']],
  ] as SimulatedFault[][][])(
    'at any call of its store pays once, with %j on the way',
    async (faults) => {
      let current: World | undefined;
      const { points } = await crashAtEveryCall({
        open: async () => {
          current = world(...faults);
          return { store: current.store, close: async () => undefined };
        },
        run: async (store) => {
          const here = current as World;
          const { worker } = await prepare(here, store);
          for (let turn = 0; turn < 5; turn++) {
            (await worker.sweep())._unsafeUnwrap();
            here.clock.advance({ ms: turn < 3 ? 240_000 : 86_400_000 });
          }
        },
        check: async () => {
          expect(await check(current as World, ['paid'])).toEqual(['paid']);
        },
      });
      expect(points).toBeGreaterThan(40);
    },
    120_000,
  );
});

describe('every order of two', () => {
  const most = Number(process.env.HOLDFAST_RUNS ?? 60);
  const handle = async (here: World, store: Store) => {
    await here.process(store).worker.handle({ record: 'obligation/b0' });
  };
  const ask = (kind: 'obligation' | 'payee', id: string, command: object) => async (store: Store, here: World) => {
    const { book, payouts } = here.process(store);
    await book.use(payouts[kind] as typeof payouts.obligation).execute(id, command as never, { actor, key: 'other' });
  };
  const others: readonly (readonly [string, (store: Store, here: World) => Promise<void>, readonly string[]])[] = [
    ['workers', (store, here) => handle(here, store), ['paid']],
    ['a worker and a dispute', ask('obligation', 'b0', { type: 'AddHold', reason: 'dispute' }), ['paid', 'cancelled']],
    [
      'a worker and a refund',
      ask('obligation', 'b0', { type: 'RefundObligation', amount: usd('30'), to: 'buyers:bea:refunds' }),
      ['paid'],
    ],
    [
      'a worker and a changed destination',
      ask('payee', 'ann', { type: 'ChangeDestination', destination: 'acct_x' }),
      ['paid', 'due'],
    ],
  ];
  it.each(others)(
    '%s leaves books that agree',
    async (_name, other, ends) => {
      const run = await everyInterleaving({
        open: async () => {
          const opened = world();
          await prepare(opened, opened.store);
          return { store: opened.store, world: opened, close: async () => undefined };
        },
        callers: [(store, here) => handle(here, store), other],
        check: async (_store, here) => {
          await check(here, [...ends, 'due', 'sending', 'unknown']);
          for (let turn = 0; turn < 3; turn++) {
            (await here.process(here.store).worker.sweep())._unsafeUnwrap();
            here.clock.advance({ ms: 240_000 });
          }
          await check(here, ends);
        },
        most,
      });
      expect(run.schedules).toBeGreaterThan(5);
    },
    120_000,
  );
});

describe('a reversal', () => {
  const most = Number(process.env.HOLDFAST_RUNS ?? 24);
  const people = { id: 'olga', role: 'operator' };

  /** A payout of 80.00 that is paid, of which 30.00 were refunded, and 50.00 more are earned. */
  async function prepareOwing(here: World, store: Store) {
    const opened = await prepare(here, store);
    const { book, payouts, worker } = opened;
    for (let turn = 0; turn < 3; turn++) {
      (await worker.sweep())._unsafeUnwrap();
      here.clock.advance({ ms: 240_000 });
    }
    const refund = { type: 'RefundObligation', amount: usd('30'), to: 'buyers:bea:refunds' } as const;
    await book.use(payouts.obligation).execute('b0', refund, { actor, key: 'refund' });
    return opened;
  }

  async function payoutOf(here: World, store: Store): Promise<string> {
    const { book, payouts } = here.process(store);
    const { rows } = (await book.use(payouts.payout).list({ limit: 1 }))._unsafeUnwrap();
    return rows[0]?.id ?? '';
  }

  const askFor = async (here: World, store: Store) => {
    const { book, payouts } = here.process(store);
    const command = { type: 'ReversePayout', amount: usd('30'), why: 'refunded' } as const;
    const id = await payoutOf(here, store);
    await book.use(payouts.payout).execute(id, command, { actor: people, key: 'ask' });
  };
  const earnMore = async (here: World, store: Store) => {
    const { book, payouts } = here.process(store);
    await book.use(payouts.obligation).execute('b1', earn(usd('50')) as never, { actor, key: 'earn-more' });
  };

  /** What the payee has in the end, by the provider's own book, in minor units. */
  function received({ simulated }: World): bigint {
    return simulated.peer.objects().reduce((sum, { operation, amount }) => {
      return sum + (operation.kind === 'transfer' ? amount.minor : -amount.minor);
    }, 0n);
  }

  async function checkOwing(here: World, left: bigint) {
    const { book, payouts } = here.process(here.store);
    expect((await checkPayouts(book, payouts))._unsafeUnwrap()).toEqual([]);
    const debts = (await book.balance('payees:ann:debts', usd))._unsafeUnwrap().minor;
    expect([received(here) + debts, debts]).toEqual([10_000n - left, 0n]);
  }

  it.each([[[]], [['lost_answer']], [['declined']], [['server_error_done']]] as SimulatedFault[][][])(
    'whose worker dies at any call of its store takes the debt back once, with %j on the way',
    async (faults) => {
      let current: World | undefined;
      const { points } = await crashAtEveryCall({
        open: async () => {
          current = world();
          return { store: current.store, close: async () => undefined };
        },
        run: async (store) => {
          const here = current as World;
          const { worker } = await prepareOwing(here, store);
          here.simulated.next(...faults);
          await askFor(here, store);
          for (let turn = 0; turn < 5; turn++) {
            (await worker.sweep())._unsafeUnwrap();
            here.clock.advance({ ms: turn < 3 ? 240_000 : 86_400_000 });
          }
        },
        check: async () => {
          await checkOwing(current as World, 5_000n);
          const kinds = (current as World).simulated.peer.objects().map(({ operation }) => operation.kind);
          expect(kinds).toEqual(['transfer', 'reverse_transfer']);
        },
      });
      expect(points).toBeGreaterThan(40);
    },
    240_000,
  );

  const work = async (here: World, store: Store) =>
    void (await here.process(store).worker.handle({ record: `payout/${await payoutOf(here, here.store)}` }));
  type Other = (here: World, store: Store) => Promise<void>;
  /** With the answer lost there is something to look up, and a webhook on its way. */
  const others: readonly (readonly [string, Other, readonly SimulatedFault[]])[] = [
    ['another worker', work, []],
    ['another worker who looks it up', work, ['lost_answer']],
    [
      'a payout that nets the debt',
      async (here, store) => void (await here.process(store).worker.handle({ record: 'obligation/b1' })),
      [],
    ],
    [
      'webhooks',
      async (here, store) => {
        for (const { observation } of here.simulated.peer.events().slice(1))
          await here.process(store).worker.observe(observation);
      },
      ['lost_answer'],
    ],
    [
      'a payout that nets the rest',
      async (here, store) => void (await here.process(store).worker.handle({ record: 'obligation/b1' })),
      ['lost_answer'],
    ],
    [
      'an operator who gives it up',
      async (here, store) => {
        const { book, payouts } = here.process(store);
        const command = { type: 'CancelReversal', reversal: 1 } as const;
        const id = await payoutOf(here, here.store);
        await book.use(payouts.payout).execute(id, command, { actor: people, key: 'give-up' });
      },
      [],
    ],
  ];
  it.each(others)(
    'and %s, in any order, recover the debt once',
    async (_name, other, lost) => {
      const ends = new Set<string>();
      const run = await everyInterleaving({
        open: async () => {
          const opened = world();
          await prepareOwing(opened, opened.store);
          await askFor(opened, opened.store);
          await earnMore(opened, opened.store);
          opened.simulated.next(...lost);
          if (lost.length > 0) await work(opened, opened.store);
          opened.clock.advance({ ms: 240_000 });
          return { store: opened.store, world: opened, close: async () => undefined };
        },
        callers: [(store, here) => work(here, store), (store, here) => other(here, store)],
        check: async (_store, here) => {
          const { book, payouts } = here.process(here.store);
          expect((await checkPayouts(book, payouts))._unsafeUnwrap()).toEqual([]);
          for (let turn = 0; turn < 3; turn++) {
            for (const { observation } of here.simulated.peer.events())
              (await here.process(here.store).worker.observe(observation))._unsafeUnwrap();
            (await here.process(here.store).worker.sweep())._unsafeUnwrap();
            here.clock.advance({ ms: 240_000 });
          }
          await checkOwing(here, 0n);
          const { state } = (await book.use(payouts.payout).read(await payoutOf(here, here.store)))._unsafeUnwrap();
          for (const reversal of state?.reversals ?? []) ends.add(payoutStatus(reversal));
        },
        most,
      });
      expect(run.schedules).toBeGreaterThan(5);
      expect(ends).toContain('paid');
    },
    240_000,
  );
});
