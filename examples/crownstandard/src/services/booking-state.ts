import type { booking } from '@holdfast/escrow';
import { heldBy, leftBy } from '@holdfast/escrow';
import type { Refusal, StateOf } from '@holdfast/kernel';
import { type Money, money } from '@holdfast/money';
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

/** Names the dispute of a booking, or of one of its tips, that the customer's bank has not decided yet. */
export async function openBankDispute(
  { charges }: Crown,
  booking: string,
  { parts }: BookingState,
): Promise<string | undefined> {
  const tips = Object.keys(parts?.tip ?? {}).map((tip) => `tip.${booking}.${tip}`);
  for (const charge of [`booking.${booking}`, ...tips]) {
    const read = await charges.read(charge);
    const open = read.isOk() ? read.value.state?.disputes.find(({ standing }) => standing === 'open') : undefined;
    if (open) return open.id;
  }
  return undefined;
}

/** Says whether a booking still holds the money of its sale, rather than having handed it over. */
export function stillHolds(state: BookingState): boolean {
  const held = heldBy(state);
  return (state.status === 'paid' || state.status === 'completed') && held !== undefined && held.minor > 0n;
}

/** What a booking has handed over, and through which dispute, where one was decided: a dispute is about all of it. */
export interface HandedOver {
  readonly dispute?: string;
  /** What was handed over and not taken back since. */
  readonly left: Money | undefined;
}

/** Gives what of a booking can still be taken back from those who have it. */
export function handedOverBy(state: BookingState): HandedOver {
  const decided = Object.values(state.parts?.dispute ?? {}).find(({ status }) => status !== 'open');
  const thing = decided ?? state;
  const paid = leftBy(thing, 'pay');
  const back = Object.values(thing.reclaimed?.pay ?? {}).reduce((sum, { minor }) => sum + minor, 0n);
  const left = paid && money(paid.minor - back, paid.currency);
  return decided ? { dispute: decided.id, left } : { left };
}

/** Names the command by which what was handed over becomes a debt. */
export function chargeBackOf(state: BookingState, { debt, amount }: { readonly debt: string; readonly amount: Money }) {
  const { dispute } = handedOverBy(state);
  return dispute === undefined
    ? ({ type: 'ChargeBackBooking', debt, amount } as const)
    : ({ type: 'ChargeBackDisputed', debt, dispute, amount } as const);
}
