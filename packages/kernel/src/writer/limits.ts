import { Defect } from '../faults.ts';
import { type Duration, minutes } from '../instant.ts';
import { show } from '../refusals.ts';

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

/**
 * Completes the bounds of a book with the usual ones.
 *
 * @throws Defect where one is not what it has to be: a batch of none would never end.
 */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  const own: Partial<Limits> = Object.assign(Object.create(null), given);
  const limits: { -readonly [Name in keyof Limits]: Limits[Name] } = { ...defaultLimits };
  for (const name of ['maxBatch', 'maxQueue', 'missesBeforeLock', 'deadlineMs', 'patienceMs'] as const) {
    const value = own[name] ?? limits[name];
    const least = name === 'maxBatch' || name === 'maxQueue' ? 1 : 0;
    const fits = Number.isInteger(value) || (name.endsWith('Ms') && value === Number.POSITIVE_INFINITY);
    if (!fits || value < least) throw new Defect(`limits.${name} is a whole number from ${least}, not ${show(value)}`);
    limits[name] = value;
  }
  const clockLead = own.clockLead ?? limits.clockLead;
  if (!(clockLead.ms >= 0)) throw new Defect(`limits.clockLead is a duration, not ${show(clockLead.ms)}`);
  return { ...limits, clockLead };
}
