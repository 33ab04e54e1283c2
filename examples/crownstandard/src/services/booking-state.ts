import type { booking } from '@holdfast/escrow';
import { heldBy } from '@holdfast/escrow';
import type { Refusal, StateOf } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';

/** A booking, as the book has it. */
export type BookingState = StateOf<typeof booking>;

/**
 * Reads a booking.
 *
 * @errors
 * - `not_found`: there is none, or it was never paid.
 */
export async function readBooking({ bookings }: Crown, id: string): Promise<Result<BookingState, Refusal>> {
  const read = await bookings.read(id);
  if (read.isErr()) return err(read.error as Refusal);
  const { state } = read.value;
  return state ? ok(state) : err({ code: 'not_found' });
}

/** Names the dispute of a booking that nobody has decided yet. */
export function openDisputeOf({ parts }: BookingState): string | undefined {
  return Object.values(parts?.dispute ?? {}).find(({ status }) => status === 'open')?.id;
}

/** Says whether a booking still holds the money of its sale, rather than having handed it over. */
export function stillHolds(state: BookingState): boolean {
  const held = heldBy(state);
  return (state.status === 'paid' || state.status === 'completed') && held !== undefined && held.minor > 0n;
}
