import type { Ask, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';

/** What goes back to the card of whoever paid for a booking. */
export interface CardRefund {
  readonly booking: string;
  /** Names the refund within its booking. */
  readonly refund: string;
  readonly amount: Money;
  /** The account of which it is all, where it is. */
  readonly allOf?: string;
  /** The charge that is refunded; that of the booking where it is absent. */
  readonly of?: string;
}

/** The intent of a refund, to be stored in the unit that books it: what is booked as refunded is sent, whatever dies between. */
export interface RefundIntent {
  readonly charge: string;
  readonly ask: Ask;
}

/**
 * Names the intent of a refund to the card: of the payment that was proven.
 *
 * @errors
 * - `charge_unknown`: it was never paid.
 */
export async function intendRefund(
  { charges }: Crown,
  { booking, refund, amount, allOf, of = `booking.${booking}` }: CardRefund,
): Promise<Result<RefundIntent, Refusal>> {
  const read = await charges.read(of);
  if (read.isErr()) return err(read.error as Refusal);
  const object = read.value.state?.settledBy;
  if (object === undefined) return err({ code: 'charge_unknown' });
  const charge = `refund.${booking}.${refund}`;
  const ask = charges.ask(charge, {
    type: 'StartCharge',
    for: { what: 'refund', booking, of: refund },
    amount,
    object,
    ...(allOf === undefined ? {} : { allOf }),
  });
  return ok({ charge, ask });
}
