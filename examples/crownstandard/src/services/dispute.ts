import { heldBy } from '@holdfast/escrow';
import type { Actor, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { startCharge } from '../payments/send-charge.ts';
import { releaseEarnings } from './release-earnings.ts';

/** Names one dispute of a booking. */
export interface DisputeName {
  readonly booking: string;
  readonly dispute: string;
}

/** Opens a dispute about all that the booking still holds: its payout waits for the decision. */
export async function openDispute(crown: Crown, { booking, dispute }: DisputeName, reason: string): Promise<Told> {
  const read = await crown.bookings.read(booking);
  if (read.isErr()) return err(read.error as Refusal);
  const { state } = read.value;
  const amount = state && heldBy(state);
  if (!state || !amount) return err({ code: 'not_found' });
  const options = { actor: { id: state.parties.customer, role: 'customer' }, key: `dispute:${booking}:${dispute}` };
  return (await crown.bookings.execute(booking, { type: 'OpenDispute', dispute, amount, reason }, options)) as Told;
}

/** Decides a dispute for the provider: the payout goes on with all of it. */
export function rejectDispute(crown: Crown, { booking, dispute }: DisputeName, actor: Actor): Promise<Told> {
  const key = `reject:${booking}:${dispute}`;
  return releaseEarnings(crown, booking, { type: 'RejectDispute', dispute }, { actor, key });
}

/** Decides a dispute for the customer, in part or whole: the award goes back to the card, and the payout goes on with the rest. */
export async function resolveDispute(
  crown: Crown,
  { booking, dispute }: DisputeName,
  award: Money,
  actor: Actor,
): Promise<Told> {
  const key = `resolve:${booking}:${dispute}`;
  const resolved = await releaseEarnings(crown, booking, { type: 'ResolveDispute', dispute, award }, { actor, key });
  if (resolved.isErr()) return resolved;
  const refunded = await refundCharge(crown, booking, dispute, award);
  return refunded.isErr() ? refunded : resolved;
}

async function refundCharge(crown: Crown, booking: string, dispute: string, amount: Money): Promise<Told> {
  const read = await crown.charges.read(`booking.${booking}`);
  const paid = read.isOk() ? read.value.state?.attempt.state : undefined;
  if (paid?.status !== 'paid' && paid?.status !== 'returned') return err({ code: 'charge_unknown' });
  return startCharge(crown, `refund.${booking}.${dispute}`, {
    for: { what: 'refund', booking, of: dispute },
    amount,
    object: paid.object,
  });
}
