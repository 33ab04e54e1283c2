import type { Store } from '@holdfast/kernel';
import { createScheduler } from './create-scheduler.ts';

/** What {@link everyInterleaving} goes through. */
export interface Interleaving<Client, World> {
  /** Opens a store on fresh data and brings it to where the callers begin. */
  open(): Promise<{
    readonly store: Store<Client>;
    readonly world: World /** Ends what was opened. */;
    close(): Promise<void>;
  }>;
  /** What each caller does with its own store, from opening its book on. */
  readonly callers: readonly ((store: Store<Client>, world: World) => Promise<void>)[];
  /** Looks at what is left, and throws where it is wrong. */
  check(store: Store<Client>, world: World): Promise<void>;
  /** The most schedules to go through; 2,000 where it is absent. */
  readonly most?: number;
}

/** What was gone through. */
export interface Interleaved {
  readonly schedules: number;
  /** Whether that was all of them. */
  readonly complete: boolean;
}

/**
 * Runs callers in every order in which their store calls can meet, each order on fresh data.
 *
 * Where it fails, the error names the order of the calls, and the same order fails again.
 */
export async function everyInterleaving<Client, World>(
  interleaving: Interleaving<Client, World>,
): Promise<Interleaved> {
  const { most = 2_000 } = interleaving;
  let choices: number[] = [];
  for (let schedules = 1; ; schedules++) {
    const options = await runOnce(interleaving, choices);
    const next = nextChoices(choices, options);
    if (!next) return { schedules, complete: true };
    if (schedules === most) return { schedules, complete: false };
    choices = next;
  }
}

/** Runs one order, which begins with some choices and goes on with the first of what waits; gives how many options each choice had. */
async function runOnce<Client, World>(
  { open, callers, check }: Interleaving<Client, World>,
  choices: readonly number[],
): Promise<readonly number[]> {
  const opened = await open();
  const scheduler = createScheduler();
  const options: number[] = [];
  let turns: readonly string[] = [];
  const runs = callers.map((caller, index) => {
    const store = scheduler.watch(opened.store, `caller ${index + 1}`);
    return () => caller(store, opened.world);
  });
  try {
    turns = await scheduler.run(runs, (waiting) => {
      options.push(waiting.length);
      return Math.min(choices[options.length - 1] ?? 0, waiting.length - 1);
    });
    await check(opened.store, opened.world);
    return options;
  } catch (error) {
    throw new Error(`in the order ${turns.length > 0 ? turns.join(', ') : choices.join(' ')}`, { cause: error });
  } finally {
    await opened.close();
  }
}

/** Counts on, as an odometer does: the last choice that has another option takes it. */
function nextChoices(choices: readonly number[], options: readonly number[]): number[] | undefined {
  for (let index = options.length - 1; index >= 0; index--) {
    const chosen = choices[index] ?? 0;
    if (chosen + 1 < (options[index] ?? 0)) {
      return [...Array.from({ length: index }, (_, at) => choices[at] ?? 0), chosen + 1];
    }
  }
  return undefined;
}
