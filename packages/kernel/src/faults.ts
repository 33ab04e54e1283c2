/** What a failed call may have done: nothing, all of it, or nobody knows yet. */
export type Effect = 'none' | 'applied' | 'unknown';

/**
 * The outside world failed. Not a bug and not a "no".
 *
 * `effect: 'unknown'` with the same key asked again gives the first answer if there was one: that is always safe.
 */
export interface Fault<Code extends string = string> {
  readonly fault: true;
  readonly code: Code;
  /** What happened, for a log. Never shown to an end user. */
  readonly message: string;
  /** Whether the same call may work later. */
  readonly retryable: boolean;
  readonly effect: Effect;
}

/** How a store fails. */
export type StoreFault = Fault<
  /** No connection could be had, or it broke. An append whose connection broke under way is `unknown`, all else `none`. */
  | 'store_unavailable'
  /** There was no answer in time. An append that was given up while the database was silent is `unknown`, all else `none`. */
  | 'store_timeout'
  /** The database said no to the statement itself (a constraint, a type, a missing right), so a retry would meet the same. */
  | 'store_refused'
  /** A row cannot be what was written. Verify the book before going on. */
  | 'store_corrupt'
  /** Somebody else holds the book for longer than the lock timeout, or the database ended a deadlock here. */
  | 'book_busy'
  /** The host's transaction is stricter than read committed. Run the whole of it again at read committed. */
  | 'isolation_too_strict'
  /** A newer version has changed the tables in a way that this one cannot use. */
  | 'schema_too_new'
  /** The tables, or a step of their migration, are not there. */
  | 'schema_missing'
>;

/** How the writer fails. */
export type WriterFault = Fault<
  /** As many requests wait as may wait (`limits.maxQueue`). */
  | 'queue_full'
  /** The book was closed in this process. */
  | 'book_closed'
  /** The caller's deadline passed first. With `effect: 'unknown'` the same key asked again tells what happened. */
  | 'deadline_passed'
  /** The book is written in a newer format than this version knows. */
  | 'format_unknown'
  /** The book's clock lies ahead of the store's by more than `limits.clockLead`. */
  | 'clock_ahead'
  /** The store has not got the sequence yet that a read asks for with `atLeast`. */
  | 'behind'
>;

/** Makes a store fault. */
export function storeFault(
  code: StoreFault['code'],
  message: string,
  { retryable, effect }: { readonly retryable: boolean; readonly effect: Effect },
): StoreFault {
  return { fault: true, code, message, retryable, effect };
}

/** Makes a writer fault. */
export function writerFault(
  code: WriterFault['code'],
  message: string,
  { retryable, effect }: { readonly retryable: boolean; readonly effect: Effect },
): WriterFault {
  return { fault: true, code, message, retryable, effect };
}

/** A bug: in a decider, a process, a chart or in Holdfast. Thrown, never returned. */
export class Defect extends Error {
  override readonly name = 'HoldfastDefect';
}
