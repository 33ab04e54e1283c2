import { days, hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import type { SimulatedFault } from '@holdfast/providers';
import { createRandom } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { payoutStatus } from '../records/payout/payout.ts';
import { earn, operator } from '../testing/open-payouts.ts';
import { compareBooks, earnSome, type Simulation, simulatePayouts } from '../testing/simulate-payouts.ts';

const calm = { rates: {} };
const opened = (options = {}) => simulatePayouts(createRandom(1), { ...calm, ...options });
const statuses = async (world: Simulation) => {
  const list = (await world.book.use(world.payouts.payout).list({ limit: 100 }))._unsafeUnwrap();
  return list.rows.map(({ state }) => (state ? payoutStatus(state) : 'none'));
};
const moved = (world: Simulation) => world.simulated.peer.objects().map(({ amount }) => `${amount}`);

describe('the payout worker', () => {
  it('plans and sends what is due, and nothing before', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80'), { completedAt: '2026-03-05T10:00:00.001Z' }));
    await world.sweep();
    expect(moved(world)).toEqual([]);
    world.pass(1);
    await world.sweep();
    expect([await statuses(world), moved(world)]).toEqual([['paid'], ['80.00 USD']]);
    world.pass(days(1).ms);
    await world.sweep();
    expect([moved(world), await compareBooks(world)]).toEqual([['80.00 USD'], []]);
  });

  it('sends a booking and its tip together, and a late tip by itself', async () => {
    const world = await opened();
    await world.done('obligation', 'booking', earn(usd('60')));
    const tip = {
      type: 'PromiseTip',
      payee: 'ann',
      amount: usd('6'),
      group: 'booking',
      completedAt: '2026-03-06T11:00:00.000Z',
    };
    await world.done('obligation', 'tip-1', { ...tip });
    await world.done('obligation', 'tip-2', { ...tip });
    expect(await world.code('obligation', 'tip-3', { ...tip, completedAt: '2026-03-06T10:00:00.000Z' })).toBe(
      'tip_window_closed',
    );
    const captured = { type: 'Earn', payee: 'ann', amount: usd('6'), kind: 'tip', from: 'world:peer:main' };
    await world.done('obligation', 'tip-1', captured);
    world.pass(days(2).ms);
    await world.sweep();
    await world.sweep();
    expect(moved(world)).toEqual(['66.00 USD']);
    await world.done('obligation', 'tip-2', captured);
    await world.sweep();
    expect([moved(world), await compareBooks(world)]).toEqual([['66.00 USD', '6.00 USD'], []]);
  });

  it('waits for a promised tip as long as the policy says', async () => {
    const tips = { window: hours(24), late: 'supplementary', wait: hours(6) } as const;
    const world = await opened({ policy: { tips } });
    await world.done('obligation', 'booking', earn(usd('60'), { completedAt: '2026-03-07T09:00:00.000Z' }));
    const tip = {
      type: 'PromiseTip',
      payee: 'ann',
      amount: usd('6'),
      group: 'booking',
      completedAt: '2026-03-07T09:00:00.000Z',
    };
    await world.done('obligation', 'tip-1', tip);
    world.pass(hours(48).ms);
    await world.sweep();
    expect(moved(world)).toEqual([]);
    world.pass(hours(6).ms);
    await world.sweep();
    expect(moved(world)).toEqual(['60.00 USD']);
  });

  it('groups by payee with a minimum that is carried', async () => {
    const world = await opened({ policy: { grouping: 'per_payee', minimum: [usd('10')] } });
    await world.done('obligation', 'b0', earn(usd('9.99')));
    await world.sweep();
    expect(moved(world)).toEqual([]);
    await world.done('obligation', 'b1', earn(usd('0.01')));
    world.pass(hours(2).ms);
    await world.sweep();
    expect(moved(world)).toEqual(['10.00 USD']);
  });

  it('sends what a hold kept back once it is released, and what became too little not at all', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.done('obligation', 'b0', { type: 'AddHold', reason: 'dispute', reference: 'd-1' });
    await world.settle(2);
    expect(moved(world)).toEqual([]);
    await world.done('obligation', 'b0', { type: 'RefundObligation', amount: usd('30'), to: 'buyers:bea:refunds' });
    await world.done('obligation', 'b0', { type: 'ReleaseHold', reason: 'dispute', reference: 'd-1' });
    await world.sweep();
    expect(moved(world)).toEqual(['50.00 USD']);
  });

  it('does the same on hints that come early, twice, late or never', async () => {
    for (const hints of [0, 1, 2]) {
      const world = await opened();
      await world.done('obligation', 'b0', earn(usd('80'), { completedAt: '2026-03-05T11:00:00.000Z' }));
      const [worker] = world.workers;
      for (let count = 0; count < hints; count++)
        expect(await worker?.handle({ record: 'obligation/b0' })).toEqual({ end: 'stale' });
      world.pass(hours(1).ms);
      for (let count = 0; count < hints; count++) await worker?.handle({ record: 'obligation/b0' });
      await world.sweep();
      expect([moved(world), await statuses(world)]).toEqual([['80.00 USD'], ['paid']]);
    }
  });

  const ends: readonly (readonly [SimulatedFault, string, number])[] = [
    ['connection_refused', 'paid', 1],
    ['lost_request', 'paid', 1],
    ['throttled', 'paid', 1],
    ['gateway_error', 'paid', 1],
    ['key_in_use', 'paid', 1],
    ['declined', 'paid', 1],
    ['server_error', 'paid', 1],
    ['server_error_done', 'paid', 1],
    ['server_error_repaired', 'paid', 1],
    ['lost_answer', 'paid', 1],
    ['unreadable', 'paid', 1],
    ['other_amount', 'conflict', 1],
    ['other_destination', 'conflict', 1],
    ['bad_credentials', 'due', 0],
    ['payee_restricted', 'due', 0],
    ['bad_destination', 'failed', 0],
    ['malformed', 'paid', 1],
  ];
  it.each(ends)('after %s ends %s with %i transfer', async (fault, end, transfers) => {
    const world = await opened();
    world.simulated.next(fault);
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.settle(4);
    expect([await statuses(world), moved(world).length, await compareBooks(world)]).toEqual([[end], transfers, []]);
  });

  it('raises one alarm when the retries are spent, and is driven again by an operator', async () => {
    const world = await opened();
    world.simulated.next('declined', 'declined', 'declined', 'declined');
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.settle(2);
    expect([await statuses(world), world.simulated.peer.received()]).toEqual([['failed'], 4]);
    expect(world.alarms).toMatchObject([{ alarm: 'payout_failed', code: 'declined' }]);
    const list = (await world.book.use(world.payouts.payout).list({ limit: 1 }))._unsafeUnwrap();
    const redriven = await world.workers[0]?.redrive(list.rows[0]?.id ?? '', {
      actor: operator,
      key: 'r',
      why: 'mended',
    });
    expect(redriven?.isOk()).toBe(true);
    await world.sweep();
    expect([await statuses(world), await compareBooks(world)]).toEqual([['paid'], []]);
  });

  it('raises one alarm for a shortage, spends no retry on it, and goes on when it is funded', async () => {
    const world = await opened();
    world.simulated.peer.fund(usd('5'));
    for (const id of ['b0', 'b1']) await world.done('obligation', id, earn(usd('80')));
    await world.settle(3);
    expect(world.alarms.filter(({ alarm }) => alarm === 'fund_provider')).toHaveLength(1);
    world.simulated.peer.fund(usd('500'));
    await world.done('sender', 'peer.main', { type: 'ReportFunded', currency: 'USD' });
    await world.settle(1);
    expect([await statuses(world), await compareBooks(world)]).toEqual([['paid', 'paid'], []]);
  });

  it('mends a destination and goes on after the quiet time', async () => {
    const world = await opened();
    world.simulated.next('bad_destination');
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.settle(1);
    await world.done('payee', 'ann', { type: 'ChangeDestination', destination: 'acct_other' });
    const list = (await world.book.use(world.payouts.payout).list({ limit: 1 }))._unsafeUnwrap();
    await world.workers[0]?.redrive(list.rows[0]?.id ?? '', { actor: operator, key: 'r', why: 'mended' });
    await world.sweep();
    expect(moved(world)).toEqual([]);
    await world.settle(2);
    expect(world.simulated.peer.objects().map(({ destination }) => destination)).toEqual(['acct_other']);
  });

  it('pays what came back of one payout to an obligation that a later payout has done with', async () => {
    const world = await opened();
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    const [first] = world.simulated.peer.objects();
    const back = async (amount: ReturnType<typeof usd>) => {
      world.simulated.peer.reverse(first?.object ?? '', amount);
      const observation = world.simulated.peer.events().at(-1)?.observation;
      if (observation) (await world.workers[0]?.observe(observation))?._unsafeUnwrap();
      world.pass(1);
      for (let turn = 0; turn < 3; turn++) await world.sweep();
    };
    await back(usd('10'));
    await back(usd('5'));
    expect([moved(world), await compareBooks(world)]).toEqual([['80.00 USD', '10.00 USD', '5.00 USD'], []]);
  });

  it('refuses a lease that ends under a send', async () => {
    const world = await opened();
    expect(() => world.workers[0]?.sweep({ leaseMs: 10_000 })).toThrow('half a lease');
  });
});

describe('two workers and a rough provider', () => {
  const runs = Number(process.env.HOLDFAST_RUNS ?? 12);

  it('law: pay each obligation once, and everything in the end', async () => {
    for (let seed = 1; seed <= runs; seed++) {
      const world = await simulatePayouts(createRandom(seed), { workers: 2 });
      await earnSome(world, 6);
      await world.settle(3);
      world.heal();
      await world.settle(4);
      const problems = await compareBooks(world);
      expect([seed, problems]).toEqual([seed, []]);
      const open = (await statuses(world)).filter((status) => status !== 'paid' && status !== 'failed');
      expect([seed, open]).toEqual([seed, []]);
    }
  }, 300_000);
});

describe('the target of an inbox', () => {
  it('knows what is of its payouts, what contradicts them and what is not theirs, and applies the rest', async () => {
    const world = await opened();
    world.simulated.next('lost_answer');
    await world.done('obligation', 'b0', earn(usd('80')));
    await world.sweep();
    const [event] = world.simulated.peer.events();
    const inbox = world.workers[0]?.inbox;
    if (!event || !inbox) throw new Error('there is nothing to try');
    const { observation } = event;
    const knows = async (change: object) => (await inbox.knows({ ...observation, ...change }))._unsafeUnwrap();
    expect([await knows({}), await knows({ metadata: {} })]).toEqual(['agrees', 'unknown']);
    const asks = (await inbox.asks(observation))._unsafeUnwrap();
    const receipt = (await world.book.together(asks, { actor: operator, key: 'inbox-1' }))._unsafeUnwrap();
    inbox.applied?.(observation, receipt);
    expect(await statuses(world)).toEqual(['paid']);
    expect(await knows({ status: 'failed' })).toBe('contradicts');
    expect((await inbox.asks({ ...observation, metadata: {} }))._unsafeUnwrap()).toEqual([]);
  });
});
