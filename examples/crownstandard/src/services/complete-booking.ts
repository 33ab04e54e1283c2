import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';

/** Completes a booking: the provider says so with the customer's code. The 48 hours begin here. */
export async function completeBooking(
  crown: Crown,
  { booking, provider, otpHash }: { readonly booking: string; readonly provider: string; readonly otpHash: string },
): Promise<Told> {
  const options = { actor: { id: provider, role: 'provider' }, key: `complete:${booking}` };
  return (await crown.bookings.execute(booking, { type: 'CompleteBooking', otpHash }, options)) as Told;
}
