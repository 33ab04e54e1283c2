import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { adoptCharges } from '../src/services/adopt-charges.ts';
import { assertChargeAbsent } from '../src/services/assert-charge-absent.ts';
import { cancelBooking } from '../src/services/cancel-booking.ts';
import { openDispute, resolveDispute } from '../src/services/dispute.ts';
import { giveBackByHand } from '../src/services/give-back-by-hand.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { operatorQueue } from '../src/services/operator-queue.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { refundTip } from '../src/services/refund-tip.ts';
import { createHourlySweep } from '../src/workers/hourly-sweep.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

const order = { booking: 'b2', customer: 'cleo', provider: 'pat', amount: usd('40'), otpHash: 'hash' };
const tip = { booking: 'b1', tip: 't1', amount: usd('10') };

/** b1 is completed before the backup; what happens then is forgotten, keys and all. */
async function losing(happens: (world: CrownWorld) => Promise<void>): Promise<CrownWorld> {
  const world = await openCrownWorld();
  await bookAndComplete(world.crown);
  await world.settle();
  const backup = world.now();
  world.pass(hours(1));
  await happens(world);
  world.pass(hours(20));
  await world.peer.pruneKeys();
  return world.restore(backup);
}

/** Adopts the list of charges hour by hour until they may be sent again, and that of payouts beside it. */
async function adoptAll(world: CrownWorld): Promise<{ readonly placed: number; readonly inSuspense: number }> {
  const sums = { placed: 0, inSuspense: 0 };
  for (let hour = 0; hour < 12; hour += 1) {
    const told = (await adoptCharges(world.crown))._unsafeUnwrap();
    sums.placed += told.placed;
    sums.inSuspense += told.inSuspense;
    if (told.open) {
      (await world.crown.worker.adoptList('stripe.acct_platform'))._unsafeUnwrap();
      return sums;
    }
    world.pass(hours(1));
    await world.settle();
  }
  throw new Error('charges are closed for ever');
}

async function charged({ peer }: CrownWorld): Promise<readonly number[]> {
  return (await peer.paymentIntents()).filter(({ status }) => status === 'succeeded').map(({ amount }) => amount);
}

async function queue({ crown }: CrownWorld): Promise<readonly string[]> {
  return (await operatorQueue(crown))._unsafeUnwrap().map(({ category, record }) => `${category} ${record}`);
}

function codeOf(told: { isErr(): boolean; readonly error?: { readonly code: string } }): string {
  return told.isErr() ? `${told.error?.code}` : 'done';
}

async function payOut(world: CrownWorld): Promise<void> {
  world.pass(twoDays);
  await world.settle();
}

describe('a restored book', () => {
  it('charges and refunds nobody before the provider’s list was adopted, and then nobody twice', async () => {
    const world = await losing(async ({ crown }) => void (await payForBooking(crown, order))._unsafeUnwrap());
    expect(codeOf(await payForBooking(world.crown, order))).toBe('sending_closed');
    const refund = { booking: 'b1', refund: 'r1', amount: usd('20') };
    expect(codeOf(await refundBooking(world.crown, refund, olga))).toBe('sending_closed');
    expect(await charged(world)).toEqual([10_000, 4_000]);
    expect(await world.peer.refunds()).toEqual([]);
    expect(await adoptAll(world)).toEqual({ placed: 0, inSuspense: 1 });
    expect(await world.balance('suspense:stripe')).toBe('40.00');
    expect(await queue(world)).toEqual(['charge_adopted charge/booking.b2']);
    expect(world.chargeAlarms).toContainEqual({ alarm: 'charge_adopted', charge: 'booking.b2' });
    (await payForBooking(world.crown, order))._unsafeUnwrap();
    expect(await world.balance('bookings:b2:held')).toBe('40.00');
    expect(await world.balance('suspense:stripe')).toBe('0.00');
    expect(await queue(world)).toEqual([]);
    (await refundBooking(world.crown, refund, olga))._unsafeUnwrap();
    await payOut(world);
    expect(await charged(world)).toEqual([10_000, 4_000]);
    expect((await world.peer.transfers()).map(({ amount }) => amount)).toEqual([6_000]);
    await world.check();
  });

  it('adopts what it has forgotten of charges by the hourly sweep, without anybody asking', async () => {
    const world = await losing(async ({ crown }) => void (await giveTip(crown, tip))._unsafeUnwrap());
    const none = async (): Promise<void> => {};
    const sweep = createHourlySweep(world.crown, { payouts: none, retries: none });
    const isOpen = async (): Promise<boolean> => (await payForBooking(world.crown, order)).isOk();
    await sweep();
    expect((await world.crown.charges.read('tip.b1.t1'))._unsafeUnwrap().status).toMatch(/^succeeded\./);
    expect(await isOpen()).toBe(false);
    for (let hour = 0; hour < 5; hour += 1) {
      world.pass(hours(1));
      await sweep();
    }
    expect(await isOpen()).toBe(true);
    expect(await charged(world)).toEqual([10_000, 1_000, 4_000]);
    await world.check();
  });

  it('does not take what was charged for another amount, and gives it back by an operator’s word', async () => {
    const world = await losing(async ({ crown }) => void (await payForBooking(crown, order))._unsafeUnwrap());
    await adoptAll(world);
    expect(codeOf(await payForBooking(world.crown, { ...order, amount: usd('41') }))).toBe('charge_not_adopted');
    const [, intent] = await world.peer.paymentIntents();
    const back = { charge: 'booking.b2', object: `${intent?.id}`, why: 'nobody knows this booking' };
    const cleo = { id: 'cleo', role: 'customer' };
    expect(codeOf(await giveBackByHand(world.crown, back, cleo))).toBe('actor_not_allowed');
    (await giveBackByHand(world.crown, back, olga))._unsafeUnwrap();
    await world.settle();
    expect((await world.peer.refunds()).map(({ amount }) => amount)).toEqual([4_000]);
    expect(await world.balance('suspense:stripe')).toBe('0.00');
    expect(await queue(world)).toEqual([]);
    expect(codeOf(await payForBooking(world.crown, order))).toBe('charge_exists');
    await world.check();
  });

  it('knows no word that ends what it has adopted but a claim or a giving back', async () => {
    const world = await losing(async ({ crown }) => void (await payForBooking(crown, order))._unsafeUnwrap());
    await adoptAll(world);
    const said = { charge: 'booking.b2', attempt: 1, evidence: 'none', why: 'none' };
    expect(codeOf(await assertChargeAbsent(world.crown, said, olga))).toBe('charge_not_waiting');
    expect(await world.balance('suspense:stripe')).toBe('40.00');
  });

  it('gives a tip that it has forgotten to its booking, and the provider has it once', async () => {
    const world = await losing(async ({ crown }) => void (await giveTip(crown, tip))._unsafeUnwrap());
    expect(await adoptAll(world)).toEqual({ placed: 1, inSuspense: 0 });
    expect((await giveTip(world.crown, tip)).isErr()).toBe(true);
    await payOut(world);
    expect(await charged(world)).toEqual([10_000, 1_000]);
    const paid = (await world.peer.transfers()).reduce((sum, { amount }) => sum + amount, 0);
    expect(paid).toBe(8_500);
    expect(await queue(world)).toEqual([]);
    await world.check();
  });

  it.each([
    [
      'of a part',
      async ({ crown }: CrownWorld) => refundBooking(crown, { booking: 'b1', refund: 'r1', amount: usd('20') }, olga),
      6_000,
    ],
    [
      'of all, by a dispute',
      async ({ crown }: CrownWorld) => {
        await openDispute(crown, { booking: 'b1', dispute: 'd1' }, 'not clean');
        return resolveDispute(crown, { booking: 'b1', dispute: 'd1' }, usd('100'), olga);
      },
      0,
    ],
  ] as const)('books a refund %s that it has forgotten, and makes none again', async (_, refund, paid) => {
    const world = await losing(async (before) => void (await refund(before))._unsafeUnwrap());
    expect(await adoptAll(world)).toEqual({ placed: 1, inSuspense: 0 });
    await payOut(world);
    expect(await world.peer.refunds()).toHaveLength(1);
    expect((await world.peer.transfers()).reduce((sum, { amount }) => sum + amount, 0)).toBe(paid);
    expect(await queue(world)).toEqual([]);
    await world.check();
  });

  it('resolves the dispute that it still knows by the award that it has forgotten', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await openDispute(world.crown, { booking: 'b1', dispute: 'd1' }, 'not clean'))._unsafeUnwrap();
    const backup = world.now();
    world.pass(hours(1));
    (await resolveDispute(world.crown, { booking: 'b1', dispute: 'd1' }, usd('20'), olga))._unsafeUnwrap();
    world.pass(hours(1));
    const restored = await world.restore(backup);
    expect(await adoptAll(restored)).toEqual({ placed: 1, inSuspense: 0 });
    const { state } = (await restored.crown.bookings.read('b1'))._unsafeUnwrap();
    expect(state?.parts?.dispute?.d1?.status).toBe('refunded');
    await payOut(restored);
    expect((await restored.peer.transfers()).map(({ amount }) => amount)).toEqual([6_000]);
    await restored.check();
  });

  it('books a tip and its refund that it has forgotten both, in whichever order they come', async () => {
    const world = await losing(async ({ crown }) => {
      (await giveTip(crown, tip))._unsafeUnwrap();
      (await refundTip(crown, tip, olga))._unsafeUnwrap();
    });
    expect(await adoptAll(world)).toEqual({ placed: 2, inSuspense: 0 });
    await payOut(world);
    expect((await world.peer.transfers()).reduce((sum, { amount }) => sum + amount, 0)).toBe(7_500);
    await world.check();
  });

  it('goes on from what it knew of a charge, whose outcome alone it has forgotten', async () => {
    const world = await openCrownWorld();
    const about = { what: 'booking', booking: 'b2', customer: 'cleo', provider: 'pat', otpHash: 'hash' } as const;
    const start = { type: 'StartCharge', for: about, amount: usd('40') } as const;
    (await world.crown.charges.execute('booking.b2', start, { actor: olga, key: 'start:booking.b2' }))._unsafeUnwrap();
    const backup = world.now();
    world.pass(hours(1));
    await world.settle();
    expect(await charged(world)).toEqual([4_000]);
    await world.peer.pruneKeys();
    const restored = await world.restore(backup);
    await adoptAll(restored);
    expect(await restored.balance('bookings:b2:held')).toBe('40.00');
    expect(await charged(restored)).toEqual([4_000]);
    await restored.check();
  });

  it('gives back a cancelled booking that it knows as paid once, and never what is forgotten again', async () => {
    const world = await openCrownWorld();
    (await payForBooking(world.crown, order))._unsafeUnwrap();
    const backup = world.now();
    world.pass(hours(1));
    (await cancelBooking(world.crown, 'b2', { id: 'cleo', role: 'customer' }))._unsafeUnwrap();
    await world.peer.pruneKeys();
    const restored = await world.restore(backup);
    expect(await adoptAll(restored)).toEqual({ placed: 1, inSuspense: 0 });
    expect(await restored.balance('bookings:b2:held')).toBe('0.00');
    (await cancelBooking(restored.crown, 'b2', { id: 'cleo', role: 'customer' }))._unsafeUnwrap();
    expect(await restored.peer.refunds()).toHaveLength(1);
    await restored.check();
  });
});
