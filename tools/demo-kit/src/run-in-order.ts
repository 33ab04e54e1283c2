import { setImmediate as breath } from 'node:timers/promises';

/**
 * Runs work over items, so many at once, starting them in order. The first that fails lets those in flight finish, starts no more, and is thrown.
 *
 * @param concurrency - How many run at once, from 1.
 * @param stopped - Asked before each start; when true, nothing more is started.
 */
export async function runInOrder<Item>(
  items: readonly Item[],
  { concurrency, stopped }: { readonly concurrency: number; readonly stopped: () => boolean },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  let finished = 0;
  let pause: Promise<void> = Promise.resolve();
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed && !stopped()) {
      const item = items[next] as Item;
      next += 1;
      try {
        await work(item);
        finished += 1;
        if (finished % ITEMS_A_BREATH === 0) pause = breath();
        // All lanes wait, or those that do not would keep the loop from turning.
        await pause;
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, lane));
  const broken = lanes.find((settled) => settled.status === 'rejected');
  if (broken) throw broken.reason;
}

/** Work that never leaves the process (a book in memory) would keep signals and timers waiting to the end. */
const ITEMS_A_BREATH = 32;
