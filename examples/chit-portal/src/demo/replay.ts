import { DemoFailed, DemoStopped, HOUR_MS, runInOrder } from '@holdfast/demo-kit';
import { play } from './play.ts';
import type { Happening } from './schedule.ts';
import type { Stage } from './stage.ts';

/** How happenings are played. */
export interface ReplayOptions {
  readonly concurrency: number;
  /** Asked at each instant; once it says yes, what is in flight is finished and no more begun. */
  readonly stopped: () => boolean;
  /** Told how many of the happenings are through. */
  readonly onHappening: (done: number) => void;
}

/**
 * Plays all that happens on the virtual clock, instant by instant: first what the clock has due by then, then what people do, all schemes at once.
 *
 * @throws {DemoStopped} when it was stopped; {@link DemoFailed} when the book answered anything but what was planned.
 */
export async function replay(stage: Stage, happenings: readonly Happening[], options: ReplayOptions): Promise<void> {
  for (let next = 0; next < happenings.length; ) {
    if (options.stopped()) throw new DemoStopped(`${next} of ${happenings.length} happenings were through`);
    const at = happenings[next]?.at ?? 0;
    const begun = next;
    while (happenings[next]?.at === at) next += 1;
    await sweep(stage, at);
    stage.clock.goTo(at);
    await runInOrder(happenings.slice(begun, next), options, (happening) => play(stage, happening));
    options.onHappening(next);
  }
}

/** Does what is due before an instant, at the hour in which it is: what is late is late from its own midnight on. */
async function sweep({ book, clock }: Stage, at: number): Promise<void> {
  clock.goTo(at - HOUR_MS);
  for (let leased = SWEEP; leased === SWEEP; ) {
    const run = await book.runDueTasks({ limit: SWEEP, leaseMs: 60_000 });
    if (run.isErr()) throw new DemoFailed(`the due tasks could not be run: ${run.error.code}, ${run.error.message}`);
    const [trouble] = run.value.troubles;
    if (trouble) throw new DemoFailed(`${trouble.leased.task.id} was answered ${trouble.code}`);
    leased = run.value.leased;
  }
}

const SWEEP = 500;
