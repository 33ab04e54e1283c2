import { describe, expect, it } from 'vitest';
import { amount, booking, checkProcess, inside, type ProcessDefinition, someoneElse, text } from '../src/index.ts';
import { type Change, inPart, inWhole, transition, way, without } from './change-definition.ts';
import { payIn } from './processes/crypto.ts';

type Planted = readonly [what: string, of: { readonly definition: ProcessDefinition }, change: Change, says: string];

const faults: readonly Planted[] = [
  [
    'a part that is cut from a part which comes later',
    booking,
    inPart('tip', transition('GiveTip', { cuts: 'dispute.rest' })),
    'GiveTip both cuts and funds',
  ],
  [
    'a part that both funds and cuts',
    booking,
    inPart('dispute', transition('OpenDispute', { funds: 'card -> held' })),
    'OpenDispute both cuts and funds',
  ],
  [
    'a cut that begins nothing',
    booking,
    inPart('dispute', transition('RejectDispute', { cuts: 'booking.rest' })),
    'RejectDispute cuts, but does not begin a dispute',
  ],
  [
    'a cut of what is unknown',
    booking,
    inPart('dispute', transition('OpenDispute', { cuts: 'order.rest' })),
    'OpenDispute cuts from order, which is no part of booking',
  ],
  [
    'a debt of what never left',
    booking,
    inPart('debt', transition('ChargeBackTip', { cuts: 'tip.recover' })),
    'ChargeBackTip cuts from tip.recover, by which nothing ever leaves tip',
  ],
  [
    'a debt of which nobody bears a line',
    booking,
    inPart('debt', way('bear', { payout: 'debts' })),
    'way bear says nothing of platform, which ChargeBackBooking takes back',
  ],
  [
    'a debt by a way that is none',
    booking,
    inPart('debt', transition('ChargeBackTip', { owes: 'carry -> card' })),
    'ChargeBackTip is borne by carry, which is no way of debt',
  ],
  [
    'a debt that is paid to the inside',
    booking,
    inPart('debt', transition('ChargeBackTip', { owes: 'bear -> held' })),
    'ChargeBackTip pays held, which is no place outside',
  ],
  [
    'a debtor of what is still held',
    booking,
    inPart('dispute', transition('OpenDispute', { owes: 'refund -> card' })),
    'OpenDispute says who owes, but cuts from what booking still holds',
  ],
  [
    'a debtor of nothing',
    booking,
    inPart('tip', transition('GiveTip', { owes: 'refund -> card' })),
    'GiveTip says who owes, but cuts nothing',
  ],
  [
    'a debt that lies where money is held',
    booking,
    inPart('debt', way('bear', { payout: 'held', platform: 'earned' })),
    'ChargeBackBooking is borne by held, where money is held: who owes would take what is others’',
  ],
  [
    'a happening with nothing',
    booking,
    inPart('tip', transition('ReleaseTip', { on: 'ReleaseBookin' })),
    'ReleaseTip happens with ReleaseBookin, which is no command of booking',
  ],
  [
    'a happening that could be refused',
    booking,
    inPart('tip', transition('ReleaseTip', { guards: [someoneElse] })),
    'ReleaseTip happens with ReleaseBooking and cannot be refused, but has a guard',
  ],
  [
    'two happenings at once',
    booking,
    inPart(
      'tip',
      transition('Other', {
        from: 'given',
        to: 'refunded',
        on: 'ReleaseBooking',
        emits: 'Other',
        settles: { refund: 'rest' },
      }),
    ),
    'Other and ReleaseTip both happen with ReleaseBooking, from the same state',
  ],
  [
    'a while of what is unknown',
    booking,
    inPart('tip', transition('GiveTip', { while: 'booking.complete' })),
    'GiveTip looks at complete, which is no state of booking',
  ],
  [
    'a while of something else',
    booking,
    inPart('tip', transition('GiveTip', { while: 'dispute.open' })),
    'GiveTip looks at dispute, which is neither the booking nor what it is cut from',
  ],
  [
    'a while without a thing',
    booking,
    inPart('tip', transition('GiveTip', { while: 'order.open' })),
    'GiveTip looks at order, which is no part of booking',
  ],
  [
    'a while of the whole itself',
    booking,
    inWhole(transition('CancelBooking', { while: 'booking.paid' } as never)),
    'CancelBooking is of the whole, and has no other that it could be while',
  ],
  [
    'an obstacle that is none',
    booking,
    inWhole(transition('ReleaseBooking', { unless: 'dispute.opened' })),
    'ReleaseBooking looks at opened, which is no state of dispute',
  ],
  [
    'an obstacle of no part',
    booking,
    inWhole(transition('ReleaseBooking', { unless: 'booking.paid' })),
    'ReleaseBooking is held back by booking, which is no part of booking',
  ],
  [
    'a window of nothing',
    booking,
    inPart('tip', without('GiveTip', 'while')),
    'GiveTip has so long and no longer, but does not say while what',
  ],
  [
    'a whole that cuts',
    booking,
    inWhole(transition('CaptureBooking', { cuts: 'booking.rest' } as never)),
    'CaptureBooking cuts or owes, which only a part does',
  ],
  [
    'two commands of one name',
    booking,
    inPart(
      'tip',
      transition('CancelBooking', {
        from: 'given',
        to: 'refunded',
        by: 'customer',
        emits: 'X',
        settles: { refund: 'rest' },
      }),
    ),
    'CancelBooking is the name of two commands',
  ],
  [
    'a part that is called like a field',
    booking,
    (one) => ({ ...one, parts: { ...one.parts, amount: one.parts?.tip as never } }),
    'amount is a field that commands have, and so no name for a part',
  ],
  [
    'a part that is called like the whole',
    booking,
    (one) => ({ ...one, parts: { ...one.parts, booking: one.parts?.tip as never } }),
    'booking is the whole, and cannot be a part of itself',
  ],
  [
    'an input that shadows a part',
    booking,
    inPart('tip', transition('RefundTip', { input: { tip: text } })),
    'RefundTip has an input tip, which every such command has',
  ],
  [
    'a place inside of a part',
    booking,
    (one) => ({ ...one, places: { ...one.places, held: inside('bookings:{id}:{part}') } }),
    'held is inside and speaks of {part}, but inside belongs to all',
  ],
  [
    'a way of the whole to a part’s account',
    booking,
    inWhole(way('pay', { payout: 'tipOwed', platform: 'earned' })),
    "way pay leads payout to tipOwed, whose account is a part's, but booking is no part",
  ],
  [
    'a clock that begins a part',
    booking,
    inPart('dispute', transition('OpenDispute', { by: 'clock' })),
    'OpenDispute begins dispute, which the clock cannot do',
  ],
  ['a part that nobody may touch', booking, inPart('tip', without('RefundTip', 'by')), 'nobody may RefundTip'],
  [
    'a receipt that stays where it is',
    payIn,
    inPart('receipt', transition('Finalise', { input: { taken: amount }, settles: { credit: 'taken' } })),
    'Finalise settles a part of what receipt holds and then calls it done: payout in clearing would stay',
  ],
];

describe('a wrong word about a part', () => {
  it.each(faults)('is refused in a sentence: %s', (_what, { definition }, change, says) => {
    expect(checkProcess(change(definition)).problems).toContain(says);
  });

  it('never makes the checker itself stumble', () => {
    const ofBooking = faults.filter(([, process]) => process === booking);
    for (const [index, [, , change]] of ofBooking.entries()) {
      for (const [, , other] of ofBooking.slice(index, index + 5)) {
        expect(checkProcess(other(change(booking.definition))).problems).not.toEqual([]);
      }
    }
  });
});
