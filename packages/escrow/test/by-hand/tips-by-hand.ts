import { addDuration, hours } from '@holdfast/kernel';
import type { Answer, Asked, Asker, Booking, Tip } from './booking.ts';
import { CARDS, dueOf, held } from './money-by-hand.ts';

export function giveTip(booking: Booking, { tip: name, amount }: Asked, { id, at, actor }: Asker): Answer {
  if (booking.tips[name]) return 'part_already_exists';
  if (actor.id !== booking.customer) return 'actor_not_allowed';
  if (booking.status !== 'completed') return 'not_while';
  if (at >= dueOf(booking)) return 'overdue';
  if (at >= addDuration(booking.since, hours(24))) return 'too_late';
  if (amount.minor <= 0n) return 'amount_not_positive';
  const tip: Tip = { status: 'given', currency: amount.currency.code, amount: amount.minor, reclaimed: 0n };
  const moves = [{ from: CARDS, to: held(id), minor: amount.minor }];
  return { after: { ...booking, tips: { ...booking.tips, [name]: tip } }, moves };
}

export function refundTip(booking: Booking, { tip: name }: Asked, { id, actor }: Asker): Answer {
  const tip = booking.tips[name];
  if (!tip) return 'part_not_found';
  if (actor.role !== 'operator') return 'actor_not_allowed';
  if (tip.status !== 'given') return 'wrong_status';
  const moves = [{ from: held(id), to: CARDS, minor: tip.amount }];
  return { after: { ...booking, tips: { ...booking.tips, [name]: { ...tip, status: 'refunded' } } }, moves };
}
