import type { Store } from '@holdfast/kernel';
import { everyInterleaving } from './every-interleaving.ts';

/** Something that a caller can ask of a book. */
export interface NamedCommand<Client, World> {
  readonly name: string;
  /** Opens a book on the store and asks. A refusal is an answer like another; what throws fails the pair. */
  run(store: Store<Client>, world: World): Promise<void>;
}

/** What {@link everyPair} goes through. */
export interface Pairs<Client, World> {
  /** Opens a store on fresh data and brings it to where the pair begins. */
  open(): Promise<{
    readonly store: Store<Client>;
    readonly world: World /** Ends what was opened. */;
    close(): Promise<void>;
  }>;
  readonly commands: readonly NamedCommand<Client, World>[];
  /** Looks at what is left, and throws where it is wrong. */
  check(store: Store<Client>, world: World, pair: readonly [string, string]): Promise<void>;
  /** The most orders for each pair; 2,000 where it is absent. */
  readonly most?: number;
}

/** What was gone through. */
export interface PairsRun {
  readonly pairs: number;
  readonly schedules: number;
  /** Pairs whose orders were too many to go through, by their names. */
  readonly incomplete: readonly string[];
}

/**
 * Runs every unordered pair of commands (each with itself, too), by two callers with a book each, in both orders and in every way in which
 * their store calls can meet.
 */
export async function everyPair<Client, World>(pairs: Pairs<Client, World>): Promise<PairsRun> {
  const { commands, open, check } = pairs;
  const incomplete: string[] = [];
  let count = 0;
  let schedules = 0;
  for (const [index, left] of commands.entries()) {
    for (const right of commands.slice(index)) {
      const names = [left.name, right.name] as const;
      const run = await everyInterleaving<Client, World>({
        open,
        callers: [left.run, right.run],
        check: (store, world) => check(store, world, names),
        ...(pairs.most === undefined ? {} : { most: pairs.most }),
      }).catch((error: unknown) => {
        throw new Error(`${left.name} against ${right.name}`, { cause: error });
      });
      count += 1;
      schedules += run.schedules;
      if (!run.complete) incomplete.push(names.join(' against '));
    }
  }
  return { pairs: count, schedules, incomplete };
}
