import type { Obligation } from '@holdfast/payouts';
import type { Crown } from '../book/open-crown.ts';
import { readBooking } from './booking-state.ts';

/** Gives what is owed for a booking and its tips; nothing where the store could not be read. */
export async function obligationsOf(
  crown: Crown,
  booking: string,
): Promise<ReadonlyMap<string, Obligation> | undefined> {
  const read = await readBooking(crown, booking);
  if (read.isErr()) return read.error.code === 'not_found' ? new Map() : undefined;
  const { amount, parts } = read.value;
  const found = new Map<string, Obligation>();
  const tips = Object.keys(parts?.tip ?? {}).map((tip) => `tip.${booking}.${tip}`);
  for (const id of [`booking.${booking}`, ...tips]) {
    const one = await crown.obligations.read(id);
    if (one.isErr()) return undefined;
    if (one.value.state) found.set(id, one.value.state);
  }
  // Tips whose money came too late to be a part of the booking.
  for (const status of ['open', 'promised', 'taken']) {
    const page = await crown.obligations.list({ status: `${status}.${booking}.${amount?.currency.code}`, limit: 100 });
    if (page.isErr()) return undefined;
    for (const { id, state } of page.value.rows) if (state) found.set(id, state);
  }
  return found;
}
