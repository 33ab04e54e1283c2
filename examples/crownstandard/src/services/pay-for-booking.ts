import type { Money } from '@holdfast/money';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { startCharge } from '../payments/send-charge.ts';

/** What a customer books and pays at once. */
export interface BookingOrder {
  readonly booking: string;
  readonly customer: string;
  readonly provider: string;
  readonly amount: Money;
  /** Of the code that the customer gives once the work is done. */
  readonly otpHash: string;
}

/** Takes the payment of a booking. The booking begins when the payment is proven, now or by a later webhook; a decline leaves none. */
export function payForBooking(crown: Crown, { amount, ...order }: BookingOrder): Promise<Told> {
  return startCharge(crown, `booking.${order.booking}`, { for: { what: 'booking', ...order }, amount });
}
