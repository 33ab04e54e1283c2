import { HOUR_MS } from '@holdfast/demo-kit';
import type { Money } from '@holdfast/money';
import type { Trip } from '../demo/read-trips.ts';
import type { Scene } from './scene.ts';

/** A booking that a drill adds: like one of the trips, for the same provider, but later. */
export interface MoreTrip {
  readonly like: Trip;
  /** Hours from now; it is paid for three days before. */
  readonly completedInHours: number;
  readonly amount?: Money<'USD'>;
  readonly tip?: Money<'USD'>;
}

/** Makes bookings that a drill adds, numbered on from those of the scene. */
export function moreTrips({ clock, trips }: Scene, more: readonly MoreTrip[]): readonly Trip[] {
  return more.map(({ like, completedInHours, amount = like.amount, tip = like.tip }, index) => {
    const number = trips.length + 1 + index;
    const completedAt = clock.nowMs() + completedInHours * HOUR_MS;
    return { ...like, number, booking: `more${number}`, amount, tip, completedAt, pays: true, dispute: 'none' };
  });
}
