import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { countAudit } from '../src/audit/read-audit.ts';
import { completeBooking } from '../src/services/complete-booking.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { bookAndComplete, openCrownWorld, twoDays } from './crown-world.ts';

/** The SDK asks once more after a cut, so it takes two. */
const lost = { method: 'POST', times: 2, meets: { fault: 'cut', effect: 'now' } } as const;
const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: usd('100'), otpHash: 'hash' };

describe('webhooks', () => {
  it('a payment whose answer was lost captures the booking when its webhook comes', async () => {
    const world = await openCrownWorld();
    await world.peer.script({ ...lost, path: '/v1/payment_intents' });
    await payForBooking(world.crown, order);
    expect((await world.crown.bookings.read('b1'))._unsafeUnwrap().state).toBeUndefined();
    expect(await world.peer.deliver()).toBe(2);
    await world.settle();
    expect((await world.crown.bookings.read('b1'))._unsafeUnwrap().state?.status).toBe('paid');
    expect(await world.balance('bookings:b1:held')).toBe('100.00');
    expect((await world.peer.paymentIntents()).length).toBe(1);
    await world.check();
  });

  it('a tip whose answer was lost and whose window has closed meanwhile is earned by the promise', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    await world.peer.deliver();
    await world.settle();
    world.pass(hours(23));
    await world.peer.script({ ...lost, path: '/v1/payment_intents' });
    await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: usd('10') });
    world.pass(hours(2));
    await world.peer.deliver();
    await world.settle();
    expect(await world.balance('payouts:tip.b1.t1:owed')).toBe('10.00');
    world.pass(hours(23));
    await world.settle();
    expect((await world.peer.transfers()).map(({ amount }) => Number(amount))).toEqual([8500]);
    await world.check();
  });

  it('a transfer whose answer was lost is proven by its webhook, and never sent again', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.peer.script({ ...lost, path: '/v1/transfers' });
    await world.settle();
    expect(await world.balance('payouts:booking.b1:owed')).toBe('0.00');
    expect(await world.balance('world:stripe:acct_platform')).toBe('0.00');
    await world.peer.deliver();
    await world.settle();
    expect(await world.balance('world:stripe:acct_platform')).toBe('75.00');
    world.pass(hours(5));
    await world.settle();
    expect((await world.peer.transfers()).length).toBe(1);
    expect((await countAudit(world.crown))._unsafeUnwrap().actions).toMatchObject({
      PAYOUT_SCHEDULED: 1,
      PAYOUT_RELEASED: 1,
      PAYOUT_FAILED: 0,
      PAYOUT_RETRIED: 0,
    });
    await world.check();
  });

  it('duplicate, late and shuffled webhooks change nothing', async () => {
    const world = await openCrownWorld({ hooks: { duplicated: 1, shuffled: true, lateMs: 3_600_000 } });
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.settle();
    const { sequence } = (await world.crown.book.head())._unsafeUnwrap();
    world.pass(hours(2));
    expect(await world.peer.deliver()).toBe(6);
    await world.settle();
    const applied = (await world.webhooks.intake.head())._unsafeUnwrap().sequence;
    expect(applied).toBeGreaterThan(0);
    expect((await world.crown.book.head())._unsafeUnwrap().sequence).toBeGreaterThanOrEqual(sequence);
    expect(await world.balance('world:stripe:acct_platform')).toBe('75.00');
    expect((await countAudit(world.crown))._unsafeUnwrap().actions.PAYOUT_RELEASED).toBe(1);
    await world.check();
  });

  it('what carries no right signature is refused, and nothing of it is kept', async () => {
    const world = await openCrownWorld();
    const rawBody = new TextEncoder().encode('{"id":"evt_1","object":"event"}');
    expect(await world.webhooks.receive({ headers: {}, rawBody })).toEqual({ status: 400, code: 'signature_invalid' });
    const forged = world.stripe.webhooks.generateTestHeaderString({ payload: '{}', secret: 'whsec_of_another_one' });
    const answer = await world.webhooks.receive({ headers: { 'stripe-signature': forged }, rawBody });
    expect(answer).toEqual({ status: 400, code: 'signature_invalid' });
    expect((await world.webhooks.intake.head())._unsafeUnwrap().sequence).toBe(0);
  });

  it('a completion needs the payment to be proven first', async () => {
    const world = await openCrownWorld();
    await world.peer.script({ ...lost, path: '/v1/payment_intents' });
    await payForBooking(world.crown, order);
    const early = await completeBooking(world.crown, { booking: 'b1', provider: 'pat', otpHash: 'hash' });
    expect(early._unsafeUnwrapErr().code).toBe('not_found');
  });
});
