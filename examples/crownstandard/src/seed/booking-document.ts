import { fundedOf, leftBy, type Thing } from '@holdfast/escrow';
import { addDuration, hours, type Refusal } from '@holdfast/kernel';
import { add, type Money, zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { type BookingState, readBooking } from '../services/booking-state.ts';
import { type PayoutDocument, paymentOf, payoutDocuments } from './payout-document.ts';

/** A document of the seed's Booking collection, as far as payouts read it, made from the book. Amounts are decimal texts. */
export interface BookingDocument {
  readonly bookingId: string;
  readonly status: string;
  readonly disputeStatus: 'none' | 'open' | 'resolved_refunded' | 'resolved_rejected';
  readonly completedAt?: string;
  /** `completedAt` and 48 hours. */
  readonly eligibleForReleaseAt?: string;
  readonly payment: { readonly transactionId?: string; readonly amount: string; readonly refundedAmount: string };
  readonly pricingSnapshot: { readonly providerShare: string; readonly platformShare: string };
  readonly tipSummary: { readonly hasTip: boolean; readonly totalTip: string };
  readonly payout: { readonly status: 'not_completed_yet' | 'cancelled' | PayoutDocument['status'] };
}

/**
 * Gives a booking as the seed's document. The book owns every fact in it; nothing reads it back.
 *
 * @errors
 * - `not_found`: there is none, or it was never paid.
 */
export async function bookingDocument(crown: Crown, booking: string): Promise<Result<BookingDocument, Refusal>> {
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const payouts = await payoutDocuments(crown, booking);
  if (payouts.isErr()) return err(payouts.error);
  const state = read.value;
  const transactionId = await paymentOf(crown, `booking.${booking}`);
  const completedAt = state.entered.completed?.at;
  const tips = Object.values(state.parts?.tip ?? {});
  const payment = { amount: textOf(fundedOf(state)), refundedAmount: textOf(refundedOf(state)) };
  return ok({
    bookingId: booking,
    status: state.status === 'released' ? 'completed' : state.status,
    disputeStatus: disputeStatusOf(state),
    ...(completedAt === undefined ? {} : { completedAt, eligibleForReleaseAt: addDuration(completedAt, hours(48)) }),
    payment: transactionId === undefined ? payment : { transactionId, ...payment },
    pricingSnapshot: {
      providerShare: textOf(state.lines.payout?.frozen),
      platformShare: textOf(state.lines.platform?.frozen),
    },
    tipSummary: { hasTip: tips.length > 0, totalTip: textOf(sumOf(state, tips.map(fundedOf))) },
    payout: { status: payoutStatusOf(state, payouts.value) },
  });
}

function disputeStatusOf({ parts }: BookingState): BookingDocument['disputeStatus'] {
  const statuses = Object.values(parts?.dispute ?? {}).map(({ status }) => status);
  if (statuses.length === 0) return 'none';
  if (statuses.includes('open')) return 'open';
  return statuses.includes('refunded') ? 'resolved_refunded' : 'resolved_rejected';
}

/** The seed keeps the status twice (C3); here it follows from the payouts. The worst of several is told. */
function payoutStatusOf(state: BookingState, payouts: readonly PayoutDocument[]): BookingDocument['payout']['status'] {
  const statuses = payouts.map(({ status }) => status);
  for (const status of ['failed', 'scheduled', 'released', 'settled'] as const)
    if (statuses.includes(status)) return status;
  if (state.status === 'cancelled' || state.status === 'expired') return 'cancelled';
  // All of it was given back: there is nothing to pay.
  const hasEarned = things(state).some((thing) => (leftBy(thing, 'pay')?.minor ?? 0n) > 0n);
  return state.status === 'released' && !hasEarned ? 'settled' : 'not_completed_yet';
}

/** A booking and what was cut from it or came in addition, each with money of its own. */
function things(state: BookingState): readonly Thing[] {
  return [state, ...Object.values(state.parts?.dispute ?? {}), ...Object.values(state.parts?.tip ?? {})];
}

function refundedOf(state: BookingState): Money | undefined {
  return sumOf(state, [
    leftBy(state, 'refund'),
    ...Object.values(state.parts?.dispute ?? {}).map((one) => leftBy(one, 'refund')),
  ]);
}

function sumOf({ amount }: BookingState, amounts: readonly (Money | undefined)[]): Money | undefined {
  return amount && amounts.reduce((sum: Money, one) => (one ? add(sum, one) : sum), zero(amount.currency));
}

function textOf(amount: Money | undefined): string {
  return amount?.toJSON().amount ?? '0.00';
}
