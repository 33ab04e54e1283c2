import { type Store, type StoreFault, storeFault } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { interceptStore, type StoreCall } from './intercept-store.ts';

/**
 * What becomes of one append whose answer may be lost.
 *
 * `keep`: nothing is lost. `applied`: it is done and the answer is lost. `dropped`: it never arrives. `orphaned`: the answer is lost
 * while it is on its way; it arrives later, after some more calls of the store.
 */
export type Loss = 'keep' | 'applied' | 'dropped' | 'orphaned';

/** A store that loses answers. */
export interface LossyStore<Client> {
  readonly store: Store<Client>;
  /** Lets every orphan arrive that has not yet, and waits for all of them. */
  settled(): Promise<void>;
  /** How often each loss happened. */
  readonly counts: { readonly [L in Loss]: number };
  /** How many orphans were written when they arrived. */
  orphansWritten(): number;
}

/**
 * Makes a store lose answers of appends, as a network does around COMMIT: the caller hears a fault with the effect `unknown`.
 *
 * @param store - Does the work.
 * @param lose - Says what becomes of the n-th append, from 1. An append under the lock is never orphaned, only applied: its transaction
 * has the lock for as long as it lives.
 * @param orphanCalls - After how many more calls of the store an orphan arrives; 2 where it is absent.
 */
export function loseAnswers<Client>(
  store: Store<Client>,
  lose: (nthAppend: number) => Loss,
  orphanCalls = 2,
): LossyStore<Client> {
  const counts = { keep: 0, applied: 0, dropped: 0, orphaned: 0 };
  const orphans: { left: number; readonly arrive: () => Promise<unknown> }[] = [];
  const arrived: Promise<unknown>[] = [];
  let appends = 0;
  let written = 0;
  const arrive = (index: number): void => {
    const [orphan] = orphans.splice(index, 1);
    if (orphan) arrived.push(orphan.arrive());
  };
  const lossy = interceptStore(store, async <T>(call: StoreCall, run: () => Promise<Result<T, StoreFault>>) => {
    for (let index = orphans.length - 1; index >= 0; index--) {
      const orphan = orphans[index];
      if (orphan && --orphan.left <= 0) arrive(index);
    }
    if (call.name !== 'append') return run();
    appends += 1;
    const asked = lose(appends);
    const loss = asked === 'orphaned' && call.underLock ? 'applied' : asked;
    counts[loss] += 1;
    if (loss === 'keep') return run();
    if (loss === 'applied') await run();
    if (loss === 'orphaned') {
      const count = (answer: Result<unknown, unknown>): void => {
        if (answer.isOk() && answer.value === 'appended') written += 1;
      };
      orphans.push({ left: orphanCalls, arrive: () => run().then(count) });
    }
    return err(
      storeFault('store_unavailable', `The answer was lost (${loss}).`, { retryable: true, effect: 'unknown' }),
    );
  });
  return {
    store: lossy,
    counts,
    orphansWritten: () => written,
    async settled() {
      while (orphans.length > 0) arrive(0);
      await Promise.all(arrived);
    },
  };
}
