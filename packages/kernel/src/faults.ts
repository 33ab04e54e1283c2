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

/** How a store fails. `store_refused`: the database said no to the statement itself (a constraint, a type), so a retry would meet the same. */
export type StoreFault = Fault<
  | 'store_unavailable'
  | 'store_timeout'
  | 'store_refused'
  | 'store_corrupt'
  | 'book_busy'
  | 'isolation_too_strict'
  | 'schema_too_new'
  | 'schema_missing'
>;

/** How the writer fails. */
export type WriterFault = Fault<
  'queue_full' | 'book_closed' | 'deadline_passed' | 'format_unknown' | 'clock_ahead' | 'behind'
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
