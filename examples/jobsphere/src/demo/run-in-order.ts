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
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed && !stopped()) {
      const item = items[next] as Item;
      next += 1;
      try {
        await work(item);
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
