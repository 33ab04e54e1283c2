import type { Refusal } from '@holdfast/kernel';
import { type Explanation, explainObligation, senderId } from '@holdfast/payouts';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { openBankDispute, openDisputeOf, readBooking } from './booking-state.ts';
import { obligationsOf } from './obligations-of.ts';

/** Why a booking's provider is not paid yet. */
export interface BookingExplanation {
  readonly booking: string;
  readonly status: string;
  /** When the booking itself acts next: its 48 hours end, or its thirty days. */
  readonly dueAt?: string;
  /** The dispute that everything waits for, ours or the bank's. */
  readonly dispute?: string;
  /** Of each earning that the booking has handed over: every reason, who clears it, when, and where the money is. */
  readonly earnings: readonly Explanation[];
}

/**
 * Says every reason why a booking's provider is not paid, as the functions see it that decide.
 *
 * @errors
 * - `not_found`: there is no booking, or it was never paid.
 */
export async function explainBooking(crown: Crown, booking: string): Promise<Result<BookingExplanation, Refusal>> {
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const { status, dueAt } = read.value;
  const dispute = openDisputeOf(read.value) ?? (await openBankDispute(crown, booking, read.value));
  const earnings: Explanation[] = [];
  const moment = { at: crown.clock(), sender: senderId(crown.provider.descriptor) };
  for (const id of (await obligationsOf(crown, booking))?.keys() ?? []) {
    const why = await explainObligation(crown.book as never, crown.payouts, id, moment);
    if (why.isErr()) return err(why.error as Refusal);
    earnings.push(why.value);
  }
  const waits = { ...(dueAt === undefined ? {} : { dueAt }), ...(dispute === undefined ? {} : { dispute }) };
  return ok({ booking, status, ...waits, earnings });
}
