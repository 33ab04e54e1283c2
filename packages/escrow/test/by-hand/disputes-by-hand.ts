import { addDuration, days } from '@holdfast/kernel';
import type { Answer, Asked, Asker, Booking, Dispute } from './booking.ts';
import { dueOf, giveBack, payOut, wrongAmount, wrongCurrency } from './money-by-hand.ts';
import { minus, nothing, type Shares, takeFrom, totalOf } from './shares.ts';

export function openDispute(booking: Booking, { dispute: name, amount }: Asked, { at, actor }: Asker): Answer {
  if (booking.disputes[name]) return 'part_already_exists';
  if (actor.id !== booking.customer) return 'actor_not_allowed';
  if (booking.status !== 'completed') return 'not_while';
  if (at >= dueOf(booking)) return 'overdue';
  const wrong = wrongAmount(amount, booking.currency, totalOf(booking.rest));
  if (wrong) return wrong;
  const whole = takeFrom(booking, amount.minor);
  const none = { whole: nothing, rest: nothing };
  const dispute: Dispute = { status: 'open', dueAt: addDuration(at, days(30)), whole, rest: whole, paid: none };
  const disputes = { ...booking.disputes, [name]: dispute };
  return { after: { ...booking, rest: minus(booking.rest, whole), disputes }, moves: [] };
}

export function resolveDispute(booking: Booking, { dispute: name, award }: Asked, { id, at, actor }: Asker): Answer {
  const dispute = booking.disputes[name];
  if (!dispute) return 'part_not_found';
  if (actor.role !== 'operator') return 'actor_not_allowed';
  if (dispute.status !== 'open') return 'wrong_status';
  if (at >= dispute.dueAt) return 'overdue';
  // Nothing may be awarded, since the rest is settled, too.
  const wrong =
    award.minor === 0n
      ? wrongCurrency(award, booking.currency)
      : wrongAmount(award, booking.currency, totalOf(dispute.rest));
  if (wrong) return wrong;
  const back = takeFrom(dispute, award.minor);
  return closeDispute(booking, name, 'refunded', { id, back, pay: minus(dispute.rest, back) });
}

export function rejectDispute(
  booking: Booking,
  { dispute: name }: Asked,
  { id, at, actor }: Asker,
  role: string,
): Answer {
  const dispute = booking.disputes[name];
  if (!dispute) return 'part_not_found';
  if (actor.role !== role) return 'actor_not_allowed';
  if (dispute.status !== 'open') return 'wrong_status';
  if (role === 'clock' && at < dispute.dueAt) return 'not_due';
  if (role !== 'clock' && at >= dispute.dueAt) return 'overdue';
  return closeDispute(booking, name, 'rejected', { id, back: nothing, pay: dispute.rest });
}

function closeDispute(
  booking: Booking,
  name: string,
  status: Dispute['status'],
  { id, back, pay }: { readonly id: string; readonly back: Shares; readonly pay: Shares },
): Answer {
  const dispute = booking.disputes[name] as Dispute;
  const closed: Dispute = { ...dispute, status, rest: nothing, paid: { whole: pay, rest: pay } };
  const moves = [...giveBack(id, back), ...payOut(id, pay)];
  return { after: { ...booking, disputes: { ...booking.disputes, [name]: closed } }, moves };
}
