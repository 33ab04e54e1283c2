import type { Actor, Ask } from '@holdfast/kernel';
import { isSameCurrency, type Money } from '@holdfast/money';
import { err } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import { intendRefund } from '../payments/refund-charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { sendWhereStored } from '../payments/send-charge.ts';
import { answerOfThen } from './answer-of-then.ts';
import { type BookingState, chargeBackOf, readBooking, stillHolds } from './booking-state.ts';

/** A refund of a part of a booking, or of all of it. */
export interface BookingRefund {
  readonly booking: string;
  /** Names the refund within its booking. */
  readonly refund: string;
  readonly amount: Money;
}

/**
 * Gives a part of a booking back to the card, whenever. While the booking holds its money, it comes from there and the payout is so much less. Later each side
 * gives back its share all the same: the platform at once, and what the provider owes is taken from the next payouts, this booking's own first. Asked again, it
 * answers as it did.
 *
 * @errors
 * - `actor_not_allowed`: only an operator refunds.
 * - `not_found`, `exceeds_held` and others of the booking.
 */
export async function refundBooking(crown: Crown, refund: BookingRefund, actor: Actor): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const read = await readBooking(crown, refund.booking);
  if (read.isErr()) return err(read.error);
  const then = await refundedThen(crown, refund, actor);
  if (then) return then;
  const intent = await intendRefund(crown, refund);
  if (intent.isErr()) return err(intent.error);
  const holds = stillHolds(read.value);
  const asks = [holds ? askWhileHeld(crown, refund) : askLater(crown, refund, read.value), intent.value.ask];
  const options = { actor: holds ? actor : gateway, key: keyOf(refund) };
  const told = (await crown.book.together(asks, options)) as Told;
  const sent = await sendWhereStored(crown, intent.value.charge, told);
  return sent.isErr() ? sent : told;
}

/** A refund of the same name and amount was booked before, by whoever had the money then. */
async function refundedThen(crown: Crown, refund: BookingRefund, actor: Actor): Promise<Told | undefined> {
  const { booking, amount } = refund;
  const read = await crown.charges.read(`refund.${booking}.${refund.refund}`);
  const known = read.isOk() ? read.value.state?.attempts[0]?.operation.amount : undefined;
  if (!known || !isSameCurrency(known.currency, amount.currency) || known.minor !== amount.minor) return undefined;
  const key = keyOf(refund);
  const command = { type: 'RefundBooking', back: amount } as const;
  const then = await answerOfThen(crown, booking, command, { actor, key });
  return then ?? answerOfThen(crown, booking, command, { actor: gateway, key });
}

function keyOf({ booking, refund }: BookingRefund): string {
  return `refund:${booking}:${refund}`;
}

function askWhileHeld({ bookings }: Crown, { booking, amount }: BookingRefund): Ask {
  return bookings.ask(booking, { type: 'RefundBooking', back: amount });
}

/** What was handed over comes back from whoever has it: the booking knows by how much each. */
function askLater({ bookings }: Crown, { booking, refund, amount }: BookingRefund, state: BookingState): Ask {
  return bookings.ask(booking, chargeBackOf(state, { debt: refund, amount }));
}
