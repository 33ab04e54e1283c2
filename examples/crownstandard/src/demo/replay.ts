import { DemoFailed, DemoStopped, HOUR_MS, runInOrder } from '@holdfast/demo-kit';
import type { TasksRun } from '@holdfast/kernel';
import { registerPayee, registerSender } from '../services/register.ts';
import { taskHandlers } from '../workers/task-handlers.ts';
import type { Stage } from './open-stage.ts';
import { playStep } from './play-step.ts';
import type { Trip } from './read-trips.ts';
import { type Happening, scheduleOf } from './schedule.ts';
import { accountOf } from './zone-parties.ts';

/** How trips are replayed. */
export interface ReplayOptions {
  /** Bookings of one hour that are played at once. */
  readonly concurrency: number;
  /** Asked every hour; once it says yes, what is in flight is finished and no more begun. */
  readonly stopped: () => boolean;
  /** Told how many of the happenings are through. */
  readonly onHappening: (done: number) => void;
  /** Called at the end of each hour, once everything that was due in it is done. */
  readonly afterHour?: (hourEndMs: number) => Promise<void>;
}

/**
 * Replays trips as bookings on the virtual clock, hour by hour: what happens in the hour, then the webhooks that arrived, then the sweep. After the last one
 * the clock goes on until nothing has been due for days.
 *
 * @throws {DemoStopped} when it was stopped; {@link DemoFailed} when the marketplace answered anything but what the rows decide.
 */
export async function replayTrips(stage: Stage, trips: readonly Trip[], options: ReplayOptions): Promise<void> {
  await register(stage, trips);
  const happenings = scheduleOf(trips);
  const firstMs = happenings[0]?.at ?? 0;
  const lastMs = happenings.at(-1)?.at ?? 0;
  let next = 0;
  let quiet = 0;
  for (let hour = floorToHour(firstMs); hour <= lastMs || quiet < QUIET_HOURS; hour += HOUR_MS) {
    if (options.stopped()) throw new DemoStopped(`${next} of ${happenings.length} happenings were through`);
    if (hour > lastMs + MOST_HOURS_AFTER * HOUR_MS) throw new DemoFailed('something is due without end');
    const begun = next;
    while ((happenings[next]?.at ?? Number.POSITIVE_INFINITY) < hour + HOUR_MS) next += 1;
    await playHour(stage, happenings.slice(begun, next), options);
    options.onHappening(next);
    const done = await endHour(stage, hour + HOUR_MS);
    quiet = done === 0 && next === happenings.length ? quiet + 1 : 0;
    await options.afterHour?.(hour + HOUR_MS);
  }
}

async function register({ crown }: Stage, trips: readonly Trip[]): Promise<void> {
  await registerSender(crown);
  const providers = new Map(trips.map(({ provider, zone }) => [provider, zone]));
  await Promise.all([...providers].map(([provider, zone]) => registerPayee(crown, provider, accountOf(zone))));
}

/** Plays what happens in an hour: bookings at once, the steps of one booking one after the other. */
async function playHour({ crown, clock }: Stage, happenings: readonly Happening[], options: ReplayOptions) {
  const bookings = new Map<string, Happening[]>();
  for (const one of happenings) bookings.set(one.trip.booking, [...(bookings.get(one.trip.booking) ?? []), one]);
  await runInOrder([...bookings.values()], options, async (steps) => {
    for (const step of steps) {
      clock.goTo(step.at);
      await playStep(crown, step);
    }
  });
}

/** Ends an hour: delivers webhooks, routes them, and does everything that is due. Gives how much was done. */
export async function endHour({ crown, webhooks, peer, clock }: Stage, endMs: number): Promise<number> {
  clock.goTo(endMs);
  // What Stripe repairs by itself, by its own clock.
  await peer.advance(0);
  let done = await peer.deliver();
  const sweeps = [
    { book: webhooks.intake, handlers: webhooks.handlers },
    { book: crown.book, handlers: taskHandlers(crown) },
  ];
  for (const { book, handlers } of sweeps) {
    for (let leased = SWEEP; leased > 0; ) {
      const run = await book.runDueTasks({ limit: SWEEP, leaseMs: LEASE_MS, maxAttempts: 1_000_000, handlers });
      if (run.isErr()) throw new DemoFailed(`the due tasks could not be run: ${run.error.code}, ${run.error.message}`);
      refuseTroubles(run.value);
      leased = run.value.leased;
      done += leased;
    }
  }
  return done;
}

function refuseTroubles({ troubles }: TasksRun): void {
  const [trouble] = troubles;
  if (trouble) throw new DemoFailed(`${trouble.leased.task.id} was answered ${trouble.code}`);
}

function floorToHour(ms: number): number {
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}

/** By the virtual clock: what a sweep leaves as it was is met again an hour later. */
const LEASE_MS = 60_000;
const SWEEP = 500;
/** Nothing waits longer than a day for its next look. */
const QUIET_HOURS = 49;
const MOST_HOURS_AFTER = 60 * 24;
