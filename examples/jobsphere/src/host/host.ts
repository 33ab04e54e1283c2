import type { Asking, ExecuteFault, Receipt } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import type { Tables } from './tables.ts';

/** Asks the book inside the host's transaction. The last thing of it: from here on the book is held until the commit. */
export type InBook = <T>(ask: (joined: Asking) => Promise<T>) => Promise<T>;

/** The host's own data, and the one transaction in which it changes together with the book. */
export interface Host {
  /** Works on the tables alone, in a transaction of their own. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /**
   * Changes tables and book as one. The work writes its tables as if the book agreed, and then asks the book. Where the answer is a refusal, or a
   * replay of what was done before, nothing of the tables is kept.
   *
   * Whoever touches a job, its applications or its offers locks the job first, so that no two transactions wait for each other.
   *
   * @errors What the work answers; where the answer of COMMIT is lost, a fault with `effect: 'unknown'`: ask again with the same key.
   */
  atomically<E>(
    work: (tables: Tables, inBook: InBook) => Promise<Result<Receipt, E>>,
  ): Promise<Result<Receipt, E | ExecuteFault>>;
}

/** Says whether what the work wrote is to be kept. */
export function isToBeKept(done: Result<Receipt, unknown>): boolean {
  return done.isOk() && done.value.status !== 'replayed';
}
