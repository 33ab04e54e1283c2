import { hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import type { Told } from '../src/payments/report-charge.ts';
import { cancelBooking } from '../src/services/cancel-booking.ts';
import { completeBooking } from '../src/services/complete-booking.ts';
import { openDispute, rejectDispute, resolveDispute } from '../src/services/dispute.ts';
import { giveTip } from '../src/services/give-tip.ts';
import { payForBooking } from '../src/services/pay-for-booking.ts';
import { refundBooking } from '../src/services/refund-booking.ts';
import { refundTip } from '../src/services/refund-tip.ts';
import { bookAndComplete, type CrownWorld, olga, openCrownWorld, twoDays } from './crown-world.ts';

const d1 = { booking: 'b1', dispute: 'd1' };
const order = { booking: 'b1', customer: 'cleo', provider: 'pat', amount: usd('100'), otpHash: 'hash-of-4711' };
const completion = { booking: 'b1', provider: 'pat', otpHash: 'hash-of-4711' };
const cleo = { id: 'cleo', role: 'customer' };

type Ask = (world: CrownWorld) => Promise<Told>;
const pay: Ask = ({ crown }) => payForBooking(crown, order);
const complete: Ask = ({ crown }) => completeBooking(crown, completion);
const tip: Ask = ({ crown }) => giveTip(crown, { booking: 'b1', tip: 't1', amount: usd('10') });
const dispute: Ask = ({ crown }) => openDispute(crown, d1, 'not clean');
const resolve: Ask = ({ crown }) => resolveDispute(crown, d1, usd('20'), olga);
const reject: Ask = ({ crown }) => rejectDispute(crown, d1, olga);
const untip: Ask = ({ crown }) => refundTip(crown, { booking: 'b1', tip: 't1' }, olga);
const refund: Ask = ({ crown }) => refundBooking(crown, { booking: 'b1', refund: 'r1', amount: usd('20') }, olga);
const cancel: Ask = ({ crown }) => cancelBooking(crown, 'b1', cleo);
const release: Ask = async (world) => {
  world.pass(twoDays);
  await world.settle();
  return (await world.crown.bookings.preview('b1', { type: 'ExpireBooking' }, { actor: olga, key: 'x' })) as Told;
};

const stories: readonly (readonly [says: string, before: readonly Ask[], asked: Ask, meanwhile: readonly Ask[]])[] = [
  ['a payment', [], pay, []],
  ['a completion', [pay], complete, []],
  ['a completion, since paid out', [pay], complete, [release]],
  ['a cancellation', [pay], cancel, []],
  ['a cancellation after a refund in part', [pay, refund], cancel, []],
  ['a tip', [pay, complete], tip, []],
  ['a tip, since paid out', [pay, complete], tip, [release]],
  ['a refund of a tip', [pay, complete, tip], untip, []],
  ['a refund of a tip after the payout', [pay, complete, tip, release], untip, []],
  ['a refund', [pay, complete], refund, []],
  ['a refund, since paid out', [pay, complete], refund, [release]],
  ['a refund after the payout', [pay, complete, release], refund, []],
  ['a dispute', [pay, complete], dispute, []],
  ['a dispute, since resolved', [pay, complete], dispute, [resolve]],
  ['a dispute, since paid out', [pay, complete], dispute, [reject, release]],
  ['a dispute after the payout', [pay, complete, release], dispute, []],
  ['a resolution', [pay, complete, tip, dispute], resolve, []],
  ['a resolution, since paid out', [pay, complete, dispute], resolve, [release]],
  ['a resolution after the payout', [pay, complete, release, dispute], resolve, []],
  ['a rejection', [pay, complete, dispute], reject, []],
  ['a rejection, since paid out', [pay, complete, dispute], reject, [release]],
  ['a rejection after the payout', [pay, complete, release, dispute], reject, []],
];

describe('what is asked for again', () => {
  it.each(stories)('%s answers as it did, and does nothing twice', async (_, before, asked, meanwhile) => {
    const world = await openCrownWorld();
    for (const ask of before) await ask(world);
    const first = (await asked(world))._unsafeUnwrap();
    for (const ask of meanwhile) await ask(world);
    await world.settle();
    const { sequence } = (await world.crown.book.head())._unsafeUnwrap();
    const again = (await asked(world))._unsafeUnwrap();
    expect(again).toMatchObject({ status: 'replayed' });
    expect(again.sequence).toBeLessThanOrEqual(first.sequence);
    expect((await world.crown.book.head())._unsafeUnwrap().sequence).toBe(sequence);
    await world.check();
  });

  it('with another meaning is refused', async () => {
    const world = await openCrownWorld();
    for (const ask of [pay, complete, dispute, resolve]) (await ask(world))._unsafeUnwrap();
    const other = await resolveDispute(world.crown, d1, usd('30'), olga);
    expect(other._unsafeUnwrapErr().code).toBe('wrong_status');
    expect((await reject(world))._unsafeUnwrapErr().code).toBe('wrong_status');
    const reworded = await openDispute(world.crown, d1, 'not there');
    expect(reworded._unsafeUnwrapErr().code).toBe('key_conflict');
    expect((await world.peer.refunds()).length).toBe(1);
    await world.check();
  });

  it('by two at once is done once', async () => {
    const world = await openCrownWorld();
    await bookAndComplete(world.crown);
    (await dispute(world))._unsafeUnwrap();
    const other = { ...world, crown: world.open() };
    await Promise.all([resolve(world), resolve(other), resolve(world)]);
    world.pass(hours(1));
    await world.settle();
    expect((await world.peer.refunds()).map(({ amount }) => amount)).toEqual([2_000]);
    expect((await resolve(other))._unsafeUnwrap().status).toBe('replayed');
    await world.check();
  });
});
