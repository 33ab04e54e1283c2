import { inr, money } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { checkChits } from '../../check-chits.ts';
import type { LateTerms, SchemeTerms } from '../../terms/terms.ts';
import { type OpenedChits, openChits, rupees, smallTerms } from '../../testing/open-chits.ts';

const late = (change: Partial<LateTerms>): LateTerms => ({
  graceDays: 3,
  interestBasisPoints: 0n,
  by: 'actual_365',
  forfeit: 'nothing',
  first: 'interest',
  ...change,
});

/** A scheme whose first instalment is settled: everybody but ticket 5 has paid 950, the dividend of a bid of 500 is 50. */
async function behind(change: Partial<SchemeTerms> = {}): Promise<OpenedChits> {
  const world = openChits();
  await world.found('c1', smallTerms(change));
  world.goTo('2026-01-05');
  await world.draw('c1', [[2, rupees(500)]]);
  for (const ticket of [1, 2, 3, 4]) await pay(world, ticket, rupees(950));
  world.goTo('2026-01-14');
  await world.sweep();
  return world;
}

let receipts = 0;
const pay = (world: OpenedChits, ticket: number, amount: ReturnType<typeof rupees>, payment = `r${++receipts}`) =>
  world.done('c1', { type: 'PayInstalment', ticket, amount, channel: 'bank', payment });
const purse = (world: OpenedChits, name: string) => world.balance(`chits:c1:${name}`);
const ticket5 = async (world: OpenedChits) => (await world.chit('c1')).tickets[4];

describe('a payment', () => {
  it('is missing when the clock settles: the advance pays for the ticket, and the ticket owes it', async () => {
    const world = await behind();
    expect((await ticket5(world))?.arrears).toMatchObject([{ instalment: 1, principal: 95_000n, late: true }]);
    expect(await purse(world, 'advance')).toBe(-95_000n);
    expect(await purse(world, 'prizes:1')).toBe(450_000n);
  });

  it('pays interest by the day before what is overdue, and the other way round where the agreement says so', async () => {
    const interestBasisPoints = 3_650n;
    for (const [first, interest, principal] of [
      ['interest', 0n, 5_000n],
      ['principal', 855n, 5_000n],
    ] as const) {
      const world = await behind({ late: late({ interestBasisPoints, first }) });
      world.goTo('2026-01-19');
      // Nine days after the tenth at a thousandth a day of 950 rupees: 8.55.
      await pay(world, 5, money(first === 'interest' ? 90_855n : 90_000n, inr));
      expect((await ticket5(world))?.arrears).toMatchObject([{ interest, principal }]);
      expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
    }
  });

  it('counts each month begun where interest runs by the month', async () => {
    const world = await behind({ late: late({ interestBasisPoints: 1_200n, by: 'month' }) });
    world.goTo('2026-02-11');
    await pay(world, 5, rupees(969));
    expect((await ticket5(world))?.arrears).toEqual([]);
    expect(await purse(world, 'penalties')).toBe(1_900n);
  });

  it.each([
    ['nothing', 95_000n, 0n, 0n, 0n],
    ['foreman', 100_000n, 5_000n, 0n, 0n],
    ['pool', 100_000n, 0n, 5_000n, 0n],
    ['restore_on_cure', 100_000n, 0n, 0n, 5_000n],
  ] as const)('that is late forfeits the dividend to %s', async (forfeit, owed, penalties, carry, credit) => {
    const world = await behind({ late: late({ forfeit }) });
    await pay(world, 5, money(owed, inr));
    expect((await ticket5(world))?.arrears).toEqual([]);
    expect([await purse(world, 'penalties'), await purse(world, 'carry'), await purse(world, 'tickets:5')]).toEqual([
      penalties,
      carry,
      credit,
    ]);
    expect([await purse(world, 'advance'), await purse(world, 'forfeits')]).toEqual([0n, 0n]);
  });

  it('that was on time after all gets back what being late has cost', async () => {
    for (const forfeit of ['foreman', 'pool', 'restore_on_cure'] as const) {
      const world = await behind({ late: late({ forfeit, interestBasisPoints: 3_650n }) });
      await pay(world, 5, rupees(1_000));
      await world.done('c1', { type: 'RestoreDividend', ticket: 5, instalment: 1, why: 'the bank was closed' });
      expect([(await ticket5(world))?.arrears, await purse(world, 'tickets:5')]).toEqual([[], 5_000n]);
      expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
      expect(await world.code('c1', { type: 'RestoreDividend', ticket: 5, instalment: 1, why: 'again' })).toBe(
        'nothing_open',
      );
    }
  });

  it('that bounces after its instalment was settled is owed again, and late with its dividend', async () => {
    const world = await behind({ late: late({ forfeit: 'foreman' }) });
    await pay(world, 4, rupees(100), 'cheque');
    await pay(world, 5, rupees(1_000), 'cheque-5');
    await world.done('c1', { type: 'ReversePayment', ticket: 5, payment: 'cheque-5', why: 'bounced' });
    expect((await ticket5(world))?.arrears).toMatchObject([{ instalment: 1, principal: 100_000n, late: true }]);
    await world.done('c1', { type: 'ReversePayment', ticket: 4, payment: 'cheque', why: 'bounced' });
    expect(await purse(world, 'tickets:4')).toBe(0n);
    expect(await world.code('c1', { type: 'ReversePayment', ticket: 4, payment: 'cheque', why: 'bounced' })).toBe(
      'payment_not_reversible',
    );
    expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
  });

  it('in advance is credit for the instalments to come, and what is beyond may go back', async () => {
    const world = await behind();
    await pay(world, 1, rupees(3_000));
    expect(await purse(world, 'tickets:1')).toBe(300_000n);
    const back = (whole: number) =>
      world.code('c1', { type: 'ReturnCredit', ticket: 1, amount: rupees(whole), channel: 'bank' });
    expect([await back(3_001), await back(1_000)]).toEqual(['credit_too_small', 'done']);
  });

  it('is refused under a receipt that is there, in another currency, and for a ticket that is not', async () => {
    const world = await behind();
    await pay(world, 1, rupees(1), 'twice');
    const command = { type: 'PayInstalment', ticket: 2, amount: rupees(1), channel: 'bank', payment: 'twice' } as const;
    expect(await world.code('c1', command)).toBe('payment_exists');
    expect(await world.code('c1', { ...command, ticket: 6 })).toBe('ticket_unknown');
    expect(await world.code('c1', { ...command, amount: money(1n, { code: 'USD', scale: 2 }) })).toBe(
      'chit_currency_differs',
    );
    const stranger = { id: 'p3', role: 'subscriber' };
    expect(await world.code('c1', { ...command, payment: 'x' }, stranger)).toBe('chit_actor_not_allowed');
    expect(await world.code('c1', { ...command, payment: 'x' }, { id: 'p2', role: 'subscriber' })).toBe('done');
  });
});

describe('a settlement', () => {
  it('happens once for each draw', async () => {
    const world = await behind();
    expect(await world.code('c1', { type: 'SettleInstalment', instalment: 1 })).toBe('instalment_wrong_status');
    expect(await world.code('c1', { type: 'SettleInstalment', instalment: 2 })).toBe('instalment_wrong_status');
  });

  it('with a lag sets off the dividend one instalment later, and pays the last one in cash', async () => {
    const world = openChits();
    await world.found(
      'c1',
      smallTerms({ tickets: 2, instalments: 2, dividend: { lag: 1, among: 'all', unit: money(1n, inr) } }),
    );
    for (const [index, day] of ['2026-01-05', '2026-02-05'].entries()) {
      world.goTo(day);
      await world.draw('c1', index === 0 ? [[1, rupees(300)]] : []);
      for (const ticket of [1, 2]) await pay(world, ticket, rupees(index === 0 ? 1_000 : 900));
      await world.done('c1', { type: 'SettleInstalment', instalment: index + 1 });
      expect(await purse(world, 'float')).toBe(index === 0 ? 20_000n : 0n);
    }
    for (const ticket of [1, 2]) await world.done('c1', { type: 'PayPrize', ticket, channel: 'bank' });
    expect(await world.code('c1', { type: 'CompleteScheme' })).toBe('done');
  });

  it('shares what was left of sharing in the order of the tickets', async () => {
    const world = openChits();
    await world.found(
      'c1',
      smallTerms({ tickets: 3, instalments: 3, dividend: { lag: 0, among: 'all', unit: rupees(1) } }),
    );
    for (const [index, day] of ['2026-01-05', '2026-02-05', '2026-03-05'].entries()) {
      world.goTo(day);
      await world.draw('c1', index < 2 ? [[index + 1, rupees(250)]] : []);
      for (const ticket of [1, 2, 3]) await pay(world, ticket, rupees([967, 967, 1_000][index] ?? 0));
      await world.done('c1', { type: 'SettleInstalment', instalment: index + 1 });
    }
    // Two pools of 100 rupees: 33 each and 1 carried; 101 is 33 each and 2 carried.
    const credits = await Promise.all([1, 2, 3].map((ticket) => purse(world, `tickets:${ticket}`)));
    expect([(await world.chit('c1')).phase, ...credits]).toEqual(['matured', 67n, 67n, 66n]);
  });
});
