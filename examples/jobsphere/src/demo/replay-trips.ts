import { setTimeout as sleep } from 'node:timers/promises';
import { DemoFailed, DemoStopped, runInOrder } from '@holdfast/demo-kit';
import type { Book } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { playTrip, stageOn } from './play-trip.ts';
import { quoteTrip } from './quote-trip.ts';
import type { Trip } from './read-trips.ts';
import type { TripClock } from './trip-clock.ts';

/** How trips are replayed. */
export interface ReplayOptions {
  readonly book: Book;
  readonly clock: TripClock;
  readonly concurrency: number;
  /** Milliseconds that a lease of a process that died may still have to run. */
  readonly oldLeasesMs: number;
  /** Asked before each trip; once it says yes, those in flight are finished and no more begun. */
  readonly stopped: () => boolean;
  /** Told how many trips are through. */
  readonly onTrip: (done: number) => void;
}

/**
 * Replays trips as jobs: first those that somebody answers, then seven days pass and what nobody answered expires, then those that stay pending.
 *
 * @returns How many trips the seed's own rules refused before any deposit, by code.
 * @throws {DemoStopped} when it was stopped; {@link DemoFailed} when the book answered anything but what the rows decide.
 */
export async function replayTrips(
  trips: readonly Trip[],
  options: ReplayOptions,
): Promise<ReadonlyMap<string, number>> {
  const refusals = new Map<string, number>();
  const charged: { readonly trip: Trip; readonly charge: Money<'USD'> }[] = [];
  for (const trip of trips) {
    quoteTrip(trip).match(
      (charge) => charged.push({ trip, charge }),
      (code) => refusals.set(code, (refusals.get(code) ?? 0) + 1),
    );
  }
  const stage = stageOn(options.book, options.clock);
  let done = trips.length - charged.length;
  const play = async (some: typeof charged): Promise<void> => {
    await runInOrder(some, options, async ({ trip, charge }) => {
      await playTrip(stage, trip, charge);
      options.onTrip(++done);
    });
    if (options.stopped()) throw new DemoStopped(`${done} of ${trips.length} trips were through`);
  };
  await play(charged.filter(({ trip }) => trip.ending !== 'pending'));
  options.clock.passSevenDays();
  await expireOffers(options);
  await play(charged.filter(({ trip }) => trip.ending === 'pending'));
  return refusals;
}

/** Runs what is due. A process that died may have leased some of it: its leases are waited for, so that the order stays that of the deadlines. */
async function expireOffers({ book, oldLeasesMs, stopped }: ReplayOptions): Promise<void> {
  await sleep(oldLeasesMs);
  for (;;) {
    if (stopped()) throw new DemoStopped('the offers that nobody answered were about to expire');
    const run = await book.runDueTasks({ limit: SWEEP, leaseMs: LEASE_MS, maxAttempts: 1_000 });
    if (run.isErr()) throw new DemoFailed(`the due tasks could not be run: ${run.error.code}, ${run.error.message}`);
    const [trouble] = run.value.troubles;
    if (trouble) throw new DemoFailed(`${trouble.leased.task.id} was answered ${trouble.code}`);
    if (run.value.leased === 0) return;
  }
}

/** How long a task is leased: long for one sweep, short for who takes over from a process that was killed in it. */
export const LEASE_MS = 2_000;
const SWEEP = 200;
