import { answered } from '@holdfast/demo-kit';
import type { Trip } from '../demo/read-trips.ts';
import type { Scene } from './scene.ts';

/** Gives some trips whose provider was paid, and about which nobody complained. */
export async function paidTrips({ stage, trips }: Scene, most: number): Promise<readonly Trip[]> {
  const paid: Trip[] = [];
  for (const trip of trips) {
    const { state } = answered(await stage().crown.bookings.read(trip.booking));
    if (state?.status === 'released' && trip.dispute === 'none' && trip.amount.minor > 1n) paid.push(trip);
    if (paid.length === most) return paid;
  }
  return paid;
}
