import { hours, minutes } from '@holdfast/kernel';
import { eur, parseMoney, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { countAudit } from '../src/audit/read-audit.ts';
import { cancelBooking } from '../src/services/cancel-booking.ts';
import { openDispute, rejectDispute, resolveDispute } from '../src/services/dispute.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

const d1 = { booking: 'b1', dispute: 'd1' };
const d = (text: string) => parseMoney(text, usd)._unsafeUnwrap();

async function sent(world: CrownWorld): Promise<readonly string[]> {
  return (await world.peer.transfers()).map(({ amount }) => (Number(amount) / 100).toFixed(2));
}

describe('a payout of the marketplace', () => {
  it('is 75.00 of 100.00, at 48 hours and not before, and 25.00 stay', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass({ ms: twoDays.ms - 1 });
    await world.settle();
    expect(await sent(world)).toEqual([]);
    world.pass({ ms: 1 });
    await world.settle();
    expect(await sent(world)).toEqual(['75.00']);
    expect(await world.balance('platform:fees:earned')).toBe('25.00');
    await world.check();
  });

  it('has the booking and its tips in one transfer', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: d('10.00') }))._unsafeUnwrap();
    (await giveTip(world.crown, { booking: 'b1', tip: 't2', amount: d('2.50') }))._unsafeUnwrap();
    world.pass(twoDays);
    await world.settle();
    expect(await sent(world)).toEqual(['87.50']);
    await world.check();
  });

  it('has no tip that was promised at 24 hours or later', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(hours(24));
    const late = await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: d('10.00') });
    expect(late._unsafeUnwrapErr().code).toBe('tip_window_closed');
    expect((await world.peer.paymentIntents()).length).toBe(1);
    await world.check();
  });

  it('has no tip in another currency: it is refused before anything is charged', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    const tip = await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: eur('10') });
    expect(tip._unsafeUnwrapErr().code).toBe('currency_mismatch');
    expect((await world.peer.paymentIntents()).length).toBe(1);
    await world.check();
  });

  it.each([
    ['proportional', '20.00', '60.00', '20.00'],
    ['proportional', '80.00', '15.00', '5.00'],
    ['payee_first', '20.00', '55.00', '25.00'],
    ['payee_first', '80.00', '0.00', '20.00'],
    ['platform_first', '20.00', '75.00', '5.00'],
  ] as const)(
    '%s: a refund of %s of 100.00 leaves the provider %s and the platform %s',
    async (bearing, back, provider, platform) => {
      const world = await openCrownWorld({ crown: { bearing } });
      await bookAndComplete(world.crown);
      (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: d(back) }, olga))._unsafeUnwrap();
      world.pass(twoDays);
      await world.settle();
      expect(await sent(world)).toEqual(provider === '0.00' ? [] : [provider]);
      expect(await world.balance('platform:fees:earned')).toBe(platform);
      expect((await world.peer.refunds()).map(({ amount }) => Number(amount) / 100)).toEqual([Number(back)]);
      await world.check();
    },
  );

  it('is nothing, and calls nobody, where a dispute gives all of it back', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await openDispute(world.crown, d1, 'not clean'))._unsafeUnwrap();
    (await resolveDispute(world.crown, d1, d('100.00'), olga))._unsafeUnwrap();
    world.pass(twoDays);
    await world.settle();
    expect(await sent(world)).toEqual([]);
    expect(await world.balance('platform:fees:earned')).toBe('0.00');
    await world.check();
  });

  it.each([
    ['resolved with a refund of 20.00', '20.00', ['70.00']],
    ['rejected', undefined, ['85.00']],
  ] as const)('waits while a dispute is open, tips and all; %s, it is one transfer', async (_, award, transfers) => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: d('10.00') }))._unsafeUnwrap();
    (await openDispute(world.crown, d1, 'not clean'))._unsafeUnwrap();
    world.pass(hours(96));
    await world.settle();
    expect(await sent(world)).toEqual([]);
    const decided =
      award === undefined ? rejectDispute(world.crown, d1, olga) : resolveDispute(world.crown, d1, d(award), olga);
    (await decided)._unsafeUnwrap();
    await world.settle();
    expect(await sent(world)).toEqual(transfers);
    const { actions } = (await countAudit(world.crown))._unsafeUnwrap();
    expect(actions).toMatchObject({ PAYOUT_HELD: 1, REFUND_ISSUED: award === undefined ? 0 : 1, PAYOUT_RELEASED: 1 });
    await world.check();
  });

  it('decided within the 48 hours, it waits for their end all the same, with the tip that comes meanwhile', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await openDispute(world.crown, d1, 'not clean'))._unsafeUnwrap();
    (await rejectDispute(world.crown, d1, olga))._unsafeUnwrap();
    world.pass(hours(12));
    (await giveTip(world.crown, { booking: 'b1', tip: 't1', amount: d('10.00') }))._unsafeUnwrap();
    await world.settle();
    expect(await sent(world)).toEqual([]);
    world.pass(hours(36));
    await world.settle();
    expect(await sent(world)).toEqual(['85.00']);
    await world.check();
  });

  it('only an operator decides, and the customer alone disputes', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await openDispute(world.crown, d1, 'not clean'))._unsafeUnwrap();
    const cleo = { id: 'cleo', role: 'customer' };
    const refund = { booking: 'b1', refund: 'r1', amount: d('1.00') };
    for (const told of [
      await resolveDispute(world.crown, d1, d('100.00'), cleo),
      await rejectDispute(world.crown, d1, { id: 'pat', role: 'provider' }),
      await refundBooking(world.crown, refund, cleo),
    ])
      expect(told._unsafeUnwrapErr().code).toBe('actor_not_allowed');
    expect((await world.peer.refunds()).length).toBe(0);
    await world.check();
  });
});

describe('after a payout', () => {
  it('a refund is a debt, and the next payout is so much less', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.settle();
    (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: d('20.00') }, olga))._unsafeUnwrap();
    expect(await world.balance('payees:pat:debts')).toBe('-15.00');
    await bookAndComplete(world.crown, d('40.00'), 'b2');
    world.pass(twoDays);
    await world.settle();
    expect(await sent(world)).toEqual(['75.00', '15.00']);
    expect(await world.balance('payees:pat:debts')).toBe('0.00');
    expect((await world.peer.refunds()).length).toBe(1);
    await world.check();
  });

  it('E61: a dispute that comes while the transfer is under way holds nothing, and what is awarded is a debt', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.peer.script({
      method: 'POST',
      path: '/v1/transfers',
      times: 2,
      meets: { fault: 'cut', effect: 'now' },
    });
    await world.settle();
    (await openDispute(world.crown, d1, 'not clean'))._unsafeUnwrap();
    (await resolveDispute(world.crown, d1, d('20.00'), olga))._unsafeUnwrap();
    world.pass(hours(1));
    await world.settle();
    expect(await sent(world)).toEqual(['75.00']);
    expect(await world.balance('payees:pat:debts')).toBe('-15.00');
    await world.check();
  });

  it('E60: a dispute that comes before a retry holds it, and the payout is what the decision leaves', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    world.pass(twoDays);
    await world.peer.script({ method: 'POST', path: '/v1/transfers', meets: { fault: 'answer', status: 429 } });
    await world.settle();
    (await openDispute(world.crown, d1, 'not clean'))._unsafeUnwrap();
    world.pass(hours(30));
    await world.settle();
    expect(await sent(world)).toEqual([]);
    (await resolveDispute(world.crown, d1, d('20.00'), olga))._unsafeUnwrap();
    world.pass(hours(2));
    await world.settle();
    expect(await sent(world)).toEqual(['60.00']);
    await world.check();
  });
});

describe('before the completion', () => {
  it('a cancellation gives all of the payment back, once', async () => {
    const world = await openCrownWorld();
    const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: d('100.00'), otpHash: 'h' };
    (await payForBooking(world.crown, order))._unsafeUnwrap();
    (await refundBooking(world.crown, { booking: 'b1', refund: 'r1', amount: d('30.00') }, olga))._unsafeUnwrap();
    const cleo = { id: 'cleo', role: 'customer' };
    (await cancelBooking(world.crown, 'b1', cleo))._unsafeUnwrap();
    const again = await cancelBooking(world.crown, 'b1', cleo);
    expect(again._unsafeUnwrap().status).toBe('replayed');
    expect((await cancelBooking(world.crown, 'b1', olga))._unsafeUnwrapErr().code).toBe('wrong_status');
    expect((await world.peer.refunds()).map(({ amount }) => Number(amount))).toEqual([3000, 7000]);
    expect(await world.balance('world:cards')).toBe('0.00');
    await world.check();
  });

  it('a cancellation and a refund at once give back the payment, and no more', async () => {
    const world = await openCrownWorld();
    const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: d('100.00'), otpHash: 'h' };
    (await payForBooking(world.crown, order))._unsafeUnwrap();
    await Promise.all([
      cancelBooking(world.crown, 'b1', { id: 'cleo', role: 'customer' }),
      refundBooking(world.open(), { booking: 'b1', refund: 'r1', amount: d('30.00') }, olga),
    ]);
    await world.settle();
    const refunds = (await world.peer.refunds()).map(({ amount }) => Number(amount));
    expect(refunds.reduce((sum, amount) => sum + amount, 0)).toBe(10_000);
    expect(await world.balance('world:cards')).toBe('0.00');
    await world.check();
  });

  it('a booking that nobody completes in thirty days is given back by itself', async () => {
    const world = await openCrownWorld();
    const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: d('100.00'), otpHash: 'h' };
    (await payForBooking(world.crown, order))._unsafeUnwrap();
    await world.peer.script({ method: 'POST', path: '/v1/refunds', times: 2, meets: { fault: 'cut', effect: 'now' } });
    world.pass(hours(30 * 24));
    await world.settle();
    world.pass(minutes(10));
    await world.settle();
    expect((await world.peer.refunds()).map(({ amount }) => Number(amount))).toEqual([10_000]);
    expect((await world.crown.bookings.read('b1'))._unsafeUnwrap().state?.status).toBe('expired');
    await world.check();
  });
});
