import { HOUR_MS } from '@holdfast/demo-kit';
import type { Trip } from './read-trips.ts';

/** What happens to a booking. */
export type Step = 'pay' | 'complete' | 'tip' | 'dispute' | 'decide';

/** Something that happens at an instant. */
export interface Happening {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly step: Step;
  readonly trip: Trip;
}

/** Gives all that happens, in order: each booking is paid three days ahead, so that every doubt about it ends before the work is done. */
export function scheduleOf(trips: readonly Trip[]): readonly Happening[] {
  return trips
    .flatMap((trip) => stepsOf(trip).map(([step, hours]) => ({ at: trip.completedAt + hours * HOUR_MS, step, trip })))
    .sort((left, right) => left.at - right.at || left.trip.number - right.trip.number);
}

/** The steps of a trip, each with the hours after its completion. */
function stepsOf({ pays, tip, dispute }: Trip): readonly (readonly [Step, number])[] {
  const pay = ['pay', -72] as const;
  if (!pays) return [pay];
  const disputed = [
    ['dispute', 24],
    ['decide', 96],
  ] as const;
  return [
    pay,
    ['complete', 0],
    ...(tip.minor > 0n ? [['tip', 0.5] as const] : []),
    ...(dispute === 'none' ? [] : disputed),
  ];
}
