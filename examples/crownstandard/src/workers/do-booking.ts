import type { TaskEnd } from '@holdfast/kernel';
import type { Crown } from '../book/open-crown.ts';
import { openDisputeOf, readBooking } from '../services/booking-state.ts';
import { obligationsOf } from '../services/obligations-of.ts';
import { releaseBooking } from '../services/release-earnings.ts';

/**
 * Does what is due of a booking: hands over what was earned, plans its payout, sends it. Asks the book at each step, so a message that comes early, late, twice or
 * for nothing does no harm.
 *
 * @returns Whether nothing failed in the outside world.
 */
export async function doBooking(crown: Crown, booking: string): Promise<boolean> {
  const read = await readBooking(crown, booking);
  if (read.isErr()) return read.error.code === 'not_found';
  const released = await releaseBooking(crown, booking);
  if (released.isErr() && !EXPECTED.has(released.error.code)) return false;
  if (openDisputeOf(read.value) !== undefined) return true;
  const obligations = await obligationsOf(crown, booking);
  if (obligations === undefined) return false;
  const ends: TaskEnd[] = [];
  for (const [id, { status }] of obligations)
    if (status === 'open') ends.push(await crown.worker.handle({ record: `obligation/${id}` }));
  const payouts = new Set(
    [...obligations.values()].flatMap((one) => ('payout' in one && one.payout ? [one.payout] : [])),
  );
  for (const payout of payouts) ends.push(await crown.worker.handle({ record: `payout/${payout}` }));
  return ends.every(({ end }) => end !== 'failed');
}

const EXPECTED: ReadonlySet<string> = new Set(['not_due', 'wrong_status', 'dispute_open']);
