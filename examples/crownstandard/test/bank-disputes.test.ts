import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { openDispute } from '../src/services/dispute.ts';
import { explainBooking } from '../src/services/explain-booking.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

async function sent({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.transfers()).map(({ amount }) => Number(amount));
}

/** The customer's bank says how a dispute of the n-th payment stands, and Stripe tells of it. */
async function bankSays(world: CrownWorld, status: 'needs_response' | 'lost' | 'won', payment = 0): Promise<void> {
  const intent = (await world.peer.paymentIntents())[payment];
  await world.peer.dispute(`${intent?.id}`, status);
  await world.peer.deliver();
  await world.settle();
}

async function later(world: CrownWorld): Promise<void> {
  world.pass(twoDays);
  await world.settle();
}

async function waiting({ webhooks }: CrownWorld): Promise<number> {
  const handlers = { delivery: async () => ({ end: 'done' }) as const };
  return (await webhooks.intake.runDueTasks({ handlers }))._unsafeUnwrap().leased;
}

describe('a dispute at the bank', () => {
  it('keeps the payout back while it is open, and lets go of it where it is won', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    await bankSays(world, 'needs_response');
    await later(world);
    expect(await sent(world)).toEqual([]);
    expect((await explainBooking(world.crown, 'b1'))._unsafeUnwrap().dispute).toMatch(/^dp_/);
    await bankSays(world, 'won');
    await later(world);
    expect(await sent(world)).toEqual([7500]);
    world.pass(hours(24 * 7));
    expect(await waiting(world)).toBe(0);
    await world.check();
  });

  it('that is lost before the payout takes the money from the booking, and nothing is refunded besides', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
    await bankSays(world, 'needs_response');
    await bankSays(world, 'lost');
    await later(world);
    expect(await sent(world)).toEqual([1000]);
    expect((await world.peer.refunds()).length).toBe(0);
    expect(await world.balance('platform:fees:earned')).toBe('0.00');
    await world.check();
  });

  it('that comes before the transfer holds it, and lost it is a debt that the very payout pays', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.peer.script({ method: 'POST', path: '/v1/transfers', meets: { fault: 'answer', status: 429 } });
    await world.settle();
    await bankSays(world, 'needs_response');
    world.pass(hours(12));
    await world.settle();
    expect(await sent(world)).toEqual([]);
    await bankSays(world, 'lost');
    await later(world);
    expect(await sent(world)).toEqual([]);
    expect(await world.balance('payees:pat:debts')).toBe('0.00');
    await world.check();
  });

  it('that is lost after the payout is a debt, and the next payout is so much less', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    await later(world);
    await bankSays(world, 'needs_response');
    await bankSays(world, 'lost');
    expect(await world.balance('payees:pat:debts')).toBe('-75.00');
    expect(await world.balance('platform:fees:earned')).toBe('0.00');
    await bookAndComplete(world.crown, usd('120'), 'b2');
    await later(world);
    expect(await sent(world)).toEqual([7500, 1500]);
    await world.check();
  });

  it('that is lost after a refund in part takes the rest, and what nobody has is the platform’s loss', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    await later(world);
    (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: usd('20') }, olga))._unsafeUnwrap();
    await bankSays(world, 'lost');
    expect(await world.balance('payees:pat:debts')).toBe('-75.00');
    expect(await world.balance('platform:losses')).toBe('-20.00');
    await world.check();
  });

  it('ends a dispute with us that is open', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await openDispute(world.crown, { booking: 'b1', dispute: 'd1' }, 'not clean'))._unsafeUnwrap();
    await bankSays(world, 'lost');
    await later(world);
    expect(await sent(world)).toEqual([]);
    expect((await world.crown.bookings.read('b1'))._unsafeUnwrap().state?.parts?.dispute?.d1?.status).toBe('refunded');
    expect((await world.peer.refunds()).length).toBe(0);
    await world.check();
  });

  it.each([
    ['before the payout', false, [7500], '0.00'],
    ['after the payout', true, [8500], '-10.00'],
  ] as const)('of a tip that is lost %s takes the tip alone', async (_, isPaid, transfers, debts) => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') }))._unsafeUnwrap();
    if (isPaid) await later(world);
    await bankSays(world, 'lost', 1);
    await later(world);
    expect(await sent(world)).toEqual(transfers);
    expect(await world.balance('payees:pat:debts')).toBe(debts);
    await world.check();
  });

  it('told of twice, late and in any order is one', async () => {
    const world = await openCrownWorld({ hooks: { duplicated: 1, shuffled: true } });
    await bookAndComplete(world.crown);
    await later(world);
    const [intent] = await world.peer.paymentIntents();
    for (const status of ['needs_response', 'under_review', 'lost'] as const)
      await world.peer.dispute(`${intent?.id}`, status);
    await world.peer.deliver();
    await world.settle();
    expect(await world.balance('payees:pat:debts')).toBe('-75.00');
    await world.check();
  });
});
