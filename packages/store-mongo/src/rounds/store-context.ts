import type { Collections } from '../collections/open-collections.ts';
import type { TransactionSource } from '../sessions/transaction.ts';

/** What every operation of a store shares. */
export interface StoreContext extends TransactionSource {
  readonly collections: Collections;
  /** Finds out once that server and collections are ones that this code knows. */
  check(): Promise<void>;
  /** Milliseconds to wait for a book's lock. */
  readonly lockTimeoutMs: number;
}
