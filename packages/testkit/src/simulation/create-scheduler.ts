import type { Store } from '@holdfast/kernel';
import { interceptStore } from '../faults/intercept-store.ts';

/** Decides, call by call, who of several callers goes on next. */
export interface Scheduler {
  /** Gives a store whose calls wait for their turn. */
  watch<Client>(store: Store<Client>, caller: string): Store<Client>;
  /**
   * Runs callers to their end.
   *
   * @param choose - Gets the callers that wait for a turn, in order of their name; says whose it is, as an index.
   * @returns The turns, as `caller call`, in the order in which they were given.
   */
  run(
    callers: readonly (() => Promise<void>)[],
    choose: (waiting: readonly string[]) => number,
  ): Promise<readonly string[]>;
}

interface Turn {
  readonly caller: string;
  readonly call: string;
  go(): void;
}

/** Makes a scheduler. Give each caller a store of its own from `watch`, and a book of its own on it. */
export function createScheduler(): Scheduler {
  let waiting: Turn[] = [];
  let busy = 0;
  const turns: string[] = [];
  const turn = (caller: string, call: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ caller, call, go: resolve });
    });
  return {
    watch: (store, caller) =>
      interceptStore(store, async ({ name }, run) => {
        await turn(caller, name);
        // Work under a lock waits for turns of its own, so the call that took the lock does not count as busy.
        if (name === 'locked') return run();
        busy += 1;
        try {
          return await run();
        } finally {
          busy -= 1;
        }
      }),
    async run(callers, choose) {
      let open = callers.length;
      const ends = callers.map((caller) =>
        caller().finally(() => {
          open -= 1;
        }),
      );
      const all = Promise.all(ends);
      all.catch(() => undefined);
      while (open > 0) {
        await idle((sinceMs) => open === 0 || (waiting.length > 0 && (busy === 0 || sinceMs > BLOCKED_MS)));
        if (open === 0) break;
        waiting = waiting.sort((left, right) => (left.caller < right.caller ? -1 : 1));
        const index = choose(waiting.map(({ caller }) => caller));
        const [next] = waiting.splice(index, 1);
        if (!next) throw new RangeError(`There is no choice ${index}.`);
        turns.push(`${next.caller} ${next.call}`);
        next.go();
      }
      await all;
      return turns;
    },
  };
}

/** Waits until nothing moves any more and something can be chosen. */
async function idle(ready: (sinceMs: number) => boolean): Promise<void> {
  const since = Date.now();
  let quiet = 0;
  while (quiet < 2) {
    await new Promise((resolve) => setImmediate(resolve));
    const sinceMs = Date.now() - since;
    quiet = ready(sinceMs) ? quiet + 1 : 0;
    if (sinceMs > 10_000) throw new Error('nothing moved for ten seconds: the callers wait for each other');
  }
}

/** A call that takes longer, in milliseconds, waits for a lock that another caller has: the other has to go on first. */
const BLOCKED_MS = 50;
