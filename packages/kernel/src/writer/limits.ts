import { type Duration, minutes } from '../instant.ts';

/** The writer's bounds, all explicit. */
export interface Limits {
  /** The most requests in one round. */
  readonly maxBatch: number;
  /** The most requests that wait; the next one is told `queue_full`. */
  readonly maxQueue: number;
  /** How long a caller waits in all, in milliseconds, before it hears `deadline_passed`. */
  readonly deadlineMs: number;
  /** How long the writer goes on trying while the store cannot be reached and nothing is in doubt, in milliseconds. */
  readonly patienceMs: number;
  /** After how many rounds that lost the race for the head the book's lock is taken first. */
  readonly missesBeforeLock: number;
  /** How far the book's clock may lie ahead of the store's. */
  readonly clockLead: Duration;
}

/** The bounds where nothing else is said. */
export const defaultLimits: Limits = {
  maxBatch: 500,
  maxQueue: 10_000,
  deadlineMs: 30_000,
  patienceMs: 5_000,
  missesBeforeLock: 3,
  clockLead: minutes(5),
};
