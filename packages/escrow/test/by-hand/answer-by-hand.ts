import type { Answer, Asked, Asker, Booking, Tip } from './booking.ts';
import {
  chargeBackBooking,
  chargeBackDisputed,
  chargeBackTip,
  forgiveDebt,
  recoverDebt,
  winChargeback,
} from './debts-by-hand.ts';
import { openDispute, rejectDispute, resolveDispute } from './disputes-by-hand.ts';
import { CARDS, dueOf, giveBack, held, isOneOf, payOut, wrongAmount } from './money-by-hand.ts';
import { minus, nothing, sharesOf, takeFrom, totalOf } from './shares.ts';
import { giveTip, refundTip } from './tips-by-hand.ts';

/** Answers a command of a booking. */
export function answerByHand(booking: Booking | undefined, asked: Asked, asker: Asker): Answer {
  if (asked.type === 'CaptureBooking') return capture(booking, asked, asker);
  if (!booking) return 'not_found';
  const commands: Readonly<Record<string, (one: Booking, asked: Asked, asker: Asker) => Answer>> = {
    CompleteBooking: complete,
    CancelBooking: (one, _asked, who) => end(one, who, 'cancelled', isOneOf(who, one.customer, 'operator')),
    ExpireBooking: (one, _asked, who) => end(one, who, 'expired', who.actor.role === 'clock'),
    RefundBooking: refund,
    ReleaseBooking: release,
    GiveTip: giveTip,
    RefundTip: refundTip,
    OpenDispute: openDispute,
    ResolveDispute: resolveDispute,
    RejectDispute: (one, given, who) => rejectDispute(one, given, who, 'operator'),
    LapseDispute: (one, given, who) => rejectDispute(one, given, who, 'clock'),
    ChargeBackBooking: chargeBackBooking,
    ChargeBackTip: chargeBackTip,
    ChargeBackDisputed: chargeBackDisputed,
    RecoverDebt: recoverDebt,
    ForgiveDebt: forgiveDebt,
    WinChargeback: winChargeback,
  };
  return commands[asked.type]?.(booking, asked, asker) ?? 'no such command';
}

function capture(booking: Booking | undefined, { parties, amount, otpHash }: Asked, { id, at, actor }: Asker): Answer {
  if (booking) return 'already_started';
  if (actor.role !== 'gateway') return 'actor_not_allowed';
  if (amount.minor <= 0n) return 'amount_not_positive';
  const whole = sharesOf(amount.minor);
  const none = { whole: nothing, rest: nothing };
  const begun = { status: 'paid', since: at, currency: amount.currency.code, ...parties, otpHash } as const;
  const after: Booking = { ...begun, whole, rest: whole, paid: none, tips: {}, disputes: {}, debts: {} };
  return { after, moves: [{ from: CARDS, to: held(id), minor: amount.minor }] };
}

function complete(booking: Booking, { otpHash }: Asked, { at, actor }: Asker): Answer {
  if (actor.id !== booking.provider) return 'actor_not_allowed';
  if (booking.status !== 'paid') return 'wrong_status';
  if (at >= dueOf(booking)) return 'overdue';
  if (otpHash !== booking.otpHash) return 'otp_wrong';
  return { after: { ...booking, status: 'completed', since: at }, moves: [] };
}

function end(booking: Booking, { id, at, actor }: Asker, status: Booking['status'], isAllowed: boolean): Answer {
  if (!isAllowed) return 'actor_not_allowed';
  if (booking.status !== 'paid') return 'wrong_status';
  if (actor.role === 'clock' && at < dueOf(booking)) return 'not_due';
  if (actor.role !== 'clock' && at >= dueOf(booking)) return 'overdue';
  const moves = giveBack(id, booking.rest);
  return { after: { ...booking, status, since: at, rest: nothing }, moves };
}

function refund(booking: Booking, { back }: Asked, { id, at, actor }: Asker): Answer {
  if (actor.role !== 'operator') return 'actor_not_allowed';
  if (booking.status !== 'paid' && booking.status !== 'completed') return 'wrong_status';
  if (at >= dueOf(booking)) return 'overdue';
  const wrong = wrongAmount(back, booking.currency, totalOf(booking.rest));
  if (wrong) return wrong;
  const shares = takeFrom(booking, back.minor);
  return { after: { ...booking, rest: minus(booking.rest, shares) }, moves: giveBack(id, shares) };
}

function release(booking: Booking, _asked: Asked, { id, at, actor }: Asker): Answer {
  if (actor.role !== 'clock') return 'actor_not_allowed';
  if (booking.status !== 'completed') return 'wrong_status';
  if (at < dueOf(booking)) return 'not_due';
  const moves = [...payOut(id, booking.rest)];
  const tips: Record<string, Tip> = { ...booking.tips };
  for (const [name, tip] of Object.entries(booking.tips)) {
    if (tip.status !== 'given') continue;
    tips[name] = { ...tip, status: 'released' };
    moves.push({ from: held(id), to: `payouts:tip.${id}.${name}:owed`, minor: tip.amount });
  }
  const paid = { whole: booking.rest, rest: booking.rest };
  return { after: { ...booking, status: 'released', since: at, rest: nothing, paid, tips }, moves };
}
