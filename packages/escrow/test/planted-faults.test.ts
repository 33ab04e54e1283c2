import { days } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { booking, checkProcess, jobOffer, type ProcessDefinition } from '../src/index.ts';
import {
  all,
  type Change,
  inPart,
  inWhole,
  state,
  transition,
  way,
  without,
  withoutTransition,
} from './change-definition.ts';
import { chainPayout, chainSale, payIn } from './processes/crypto.ts';
import { escrowInFull } from './processes/escrow-in-full.ts';
import { orchestrated } from './processes/orchestrated.ts';

type Planted = readonly [what: string, of: { readonly definition: ProcessDefinition }, change: Change, says: string];

const faults: readonly Planted[] = [
  [
    'a tip that is not released with the booking',
    booking,
    inPart('tip', transition('ReleaseTip', { on: 'CancelBooking' })),
    'ReleaseTip happens with CancelBooking, but no tip is ever given then',
  ],
  [
    'a timer of a dispute that is refused after the release',
    booking,
    inPart('dispute', transition('LapseDispute', { while: 'booking.completed' })),
    'open of dispute may fall due when the booking is released, and then LapseDispute is refused',
  ],
  [
    'a dispute that can only end before the release',
    booking,
    inPart('dispute', (one) =>
      ['ResolveDispute', 'RejectDispute', 'LapseDispute'].reduce(
        (changed, name) => transition(name, { while: 'booking.completed' })(changed),
        one,
      ),
    ),
    'a dispute that is open when the booking is released can never end',
  ],
  [
    'an award that is paid, and a rest that is kept',
    booking,
    inPart('dispute', transition('ResolveDispute', { settles: { refund: 'award' } })),
    'ResolveDispute settles a part of what dispute holds and then calls it done: platform in held, payout in held would stay',
  ],
  [
    'a dispute of what holds nothing',
    booking,
    inPart('dispute', transition('OpenDispute', { while: 'booking.released' })),
    'OpenDispute cuts from the booking in released, which holds nothing then',
  ],
  [
    'a debt without a debtor',
    booking,
    inPart('debt', without('ChargeBackBooking', 'owes')),
    'ChargeBackBooking cuts from booking.pay, which is gone, and does not say who owes it',
  ],
  [
    'a partial refund that is called the end',
    booking,
    inWhole(transition('RefundBooking', { to: 'cancelled' })),
    'RefundBooking settles a part of what booking holds and then calls it done: platform in held, payout in held would stay',
  ],
  [
    'an amount that is no input',
    booking,
    inWhole(transition('RefundBooking', { settles: { refund: 'bakc' } })),
    'RefundBooking settles bakc, which is no amount of its input',
  ],
  [
    'milestones that stay when the whole is cancelled',
    escrowInFull,
    inPart('milestone', transition('Drop', { from: ['paid'] })),
    'Drop starts in paid of milestone, which is done',
  ],
  [
    'a milestone of which a part is approved, and the rest forgotten',
    escrowInFull,
    inPart('milestone', transition('ApprovePart', { settles: { pay: 'approved' } })),
    'ApprovePart settles a part of what milestone holds and then calls it done: platform in held, service in held, broker in held, payout in held would stay',
  ],
  [
    'a broker who is forgotten',
    escrowInFull,
    inWhole(way('pay', { payout: 'seller', service: 'earned', platform: 'earned' })),
    'way pay says nothing of broker, which milestone holds in inspecting when Approve comes',
  ],
  [
    'a silence that means nothing',
    escrowInFull,
    inPart('milestone', state('inspecting', { whenDone: 'refunded' })),
    'the clock may SilentApprove from inspecting of milestone, but nothing there says when',
  ],
  [
    'a whole that never closes',
    escrowInFull,
    inWhole(state('active', { waits: 'the buyer' })),
    'active of escrow can never end, and holds platform in held, service in held, broker in held, payout in held',
  ],
  [
    'an expiry after the sending',
    orchestrated,
    inWhole(transition('Expire', { from: ['reserved', 'executing'] })),
    'the clock may Expire from executing of transaction, but nothing there says when',
  ],
  [
    'a rejected leg that is left behind',
    orchestrated,
    inPart('leg', withoutTransition('CloseRejected')),
    'a leg that is rejected when the transaction is compensating can never end',
  ],
  [
    'an undone leg that keeps its money',
    orchestrated,
    inPart('leg', without('LegUndone', 'settles')),
    'undone of leg is done, but platform in reserved, provider in reserved, network in reserved, payout in sent stays',
  ],
  [
    'a failure that is final while money is held',
    chainSale,
    all(inWhole(transition('FailRelease', { to: 'refunded' })), inWhole(without('FailRelease', 'shifts'))),
    'refunded of chain-sale is done, but platform in held, payout in transit stays',
  ],
];

describe('a fault in a definition', () => {
  it.each(faults)('is refused in a sentence: %s', (_what, { definition }, change, says) => {
    expect(checkProcess(change(definition)).problems).toContain(says);
  });
});

describe('a sound definition', () => {
  it.each([jobOffer, booking, escrowInFull, orchestrated, payIn, chainSale, chainPayout])(
    'of $kind has no problem',
    (sound) => {
      expect(checkProcess(sound.definition).problems).toEqual([]);
    },
  );
});

describe('what deserves a second thought in a part', () => {
  it('is a clock whose last word may be refused', () => {
    const changed = inPart(
      'milestone',
      state('inspecting', { after: days(3), fire: ['SilentHold', 'SilentApprove'], whenDone: 'refunded' }),
    );
    expect(checkProcess(changed(escrowInFull.definition)).lint).toContain(
      'SilentApprove is the last thing that inspecting of milestone fires, and may be refused: then nothing happens',
    );
  });

  it('is money that only a person can let go', () => {
    const open = inPart('dispute', state('open', {}));
    const unclocked = inPart('dispute', transition('LapseDispute', { by: 'operator' }));
    expect(checkProcess(all(open, unclocked)(booking.definition))).toEqual({
      problems: [],
      lint: ['open of dispute holds money, and if nobody acts it stays there for ever'],
    });
  });

  it('is money of which parts could be cut, but need not be', () => {
    expect(checkProcess(inWhole(state('active', { whenDone: 'closed' }))(escrowInFull.definition)).lint).toContain(
      'active of escrow holds money, and if nobody acts it stays there for ever',
    );
  });

  it('is an account of a part that another process could have, too', () => {
    const { places, ...others } = booking.definition;
    expect(checkProcess({ ...others, places: { ...places, tipOwed: 'payouts:tip.{part}:owed' } }).lint).toEqual([
      'payouts:tip.{part}:owed of tipOwed speaks of {part} without {id}, but the id of a part is only unique within its booking',
    ]);
  });
});
