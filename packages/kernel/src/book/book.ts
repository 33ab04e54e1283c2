import type { Currency, Money } from '@holdfast/money';
import type { Result } from 'neverthrow';
import type { Decider } from '../decider.ts';
import type { Head } from '../head.ts';
import type { Ask } from '../request.ts';
import type { AccountSeen, LeasedTask, Line, Page, Paging, Store, StoredUnit, TextRow } from '../store.ts';
import type { WriterMetrics } from '../writer/metrics.ts';
import type { Answered, ExecuteFault, HandleOf, JoinedHandleOf, ReadTrouble, RefusedOf } from './handle.ts';
import type { BalanceRead, ExecuteOptions, ReadMoment } from './options.ts';
import type { RunTasksOptions, TasksRun } from './run-due-tasks.ts';

/** What can be asked of a book, within a transaction of the host as well. */
export interface Asking {
  /** Gives the records of a decider, or its moves of money. */
  // biome-ignore lint/suspicious/noExplicitAny: takes deciders of every kind
  use<const D extends Decider<any, any, any>>(decider: D): JoinedHandleOf<D>;
  /** Executes several commands as one unit: all of them or none. Each is decided on the effects of those before it. */
  together<const Asks extends readonly Ask[]>(asks: Asks, options: ExecuteOptions): Answered<RefusedOf<Asks>>;
}

/** A ledger with its own accounts, records and journal; see {@link openBook}. */
export interface Book<Client = never> extends Asking {
  readonly name: string;
  readonly store: Store<Client>;
  /** Gives the records of a decider, or its moves of money. */
  // biome-ignore lint/suspicious/noExplicitAny: takes deciders of every kind
  use<const D extends Decider<any, any, any>>(decider: D): HandleOf<D>;
  /**
   * Joins a transaction that the host holds, as the last thing before its COMMIT. Receipts are `provisional`; nothing is published or kept.
   *
   * The book is held until the host ends its transaction: everybody else waits. Inside the work, a call to the book itself (and not to
   * `joined`) would wait for its own transaction, so it is a defect that is thrown at once.
   */
  within<T>(client: Client, work: (joined: Asking) => Promise<T>): Promise<T>;
  /** Reads a balance: 0 for an account that was never opened. */
  balance(
    account: string,
    currency: Currency,
    moment?: ReadMoment,
  ): Promise<Result<BalanceRead & { readonly money: Money }, ReadTrouble>>;
  /** Lists accounts whose key begins with a prefix. */
  accounts(
    query: Paging & { readonly prefix?: string; readonly asOf?: number },
  ): Promise<Result<Page<AccountSeen & { readonly account: string }>, ReadTrouble>>;
  /** Lists the lines of an account. */
  lines(
    query: Paging & { readonly account: string; readonly currency: Currency; readonly order: 'newest' | 'oldest' },
  ): Promise<Result<Page<Line>, ReadTrouble>>;
  /** The feed: units after a sequence, oldest first. Give the digest of the last one seen to learn of a history that diverged. */
  units(query: {
    readonly after: number;
    readonly limit: number;
    readonly digest?: string;
  }): Promise<Result<FeedRead, ReadTrouble>>;
  /** The newest batch: how far the journal goes, and its digest. */
  head(): Promise<Result<Head, ExecuteFault>>;
  /** Free texts by their hashes; what was erased is missing. */
  texts(hashes: readonly string[]): Promise<Result<ReadonlyMap<string, TextRow>, ExecuteFault>>;
  /** Erases free texts for good; the journal stays as it is. */
  eraseTexts(hashes: readonly string[]): Promise<Result<number, ExecuteFault>>;
  /** Leases what is due and asks for it as the clock, for the deciders that were given to `use`. */
  runDueTasks(options?: RunTasksOptions): Promise<Result<TasksRun, ExecuteFault>>;
  /**
   * Tells, after each append of this process, how far the journal goes: a hint, never a reason to move money. Of what a host's transaction
   * holds it says nothing: only the host knows when that is committed.
   */
  onAppended(listener: (sequence: number) => void): () => void;
  /** What the writer counted since it was opened: waiting requests, batches, misses, doubts. */
  metrics(): WriterMetrics;
  /** Finishes what was accepted, and accepts nothing more. The store stays open: it is the caller's. */
  close(): Promise<void>;
}

/** A part of the feed. */
export type FeedRead =
  | { readonly kind: 'units'; readonly units: readonly StoredUnit[]; readonly head: Head }
  /** The unit at `sequence` is not the one that was seen: the book was restored from before it. */
  | { readonly kind: 'diverged'; readonly sequence: number; readonly head: Head };

/** A task that could not be done, with why. */
export interface TaskTrouble {
  readonly leased: LeasedTask;
  readonly code: string;
  readonly parked: boolean;
}
