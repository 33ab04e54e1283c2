/** An instant: ISO-8601 in UTC with milliseconds, such as `2026-03-07T10:00:00.000Z`. Instants compare as strings. */
export type Instant = string;

/** A length of time in milliseconds. */
export interface Duration {
  readonly ms: number;
}

/**
 * Makes a duration of whole or part days of 24 hours; calendars play no role.
 *
 * @param count - How many days.
 */
export function days(count: number): Duration {
  return { ms: count * 86_400_000 };
}

/**
 * Makes a duration of hours.
 *
 * @param count - How many hours.
 */
export function hours(count: number): Duration {
  return { ms: count * 3_600_000 };
}

/**
 * Makes a duration of minutes.
 *
 * @param count - How many minutes.
 */
export function minutes(count: number): Duration {
  return { ms: count * 60_000 };
}

/** Says whether a value is a well-formed instant that exists in the calendar. */
export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && instantAt(ms) === value;
}

/** Turns milliseconds since 1970 into an instant. */
export function instantAt(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** Gives the instant that lies a duration after another. */
export function addDuration(at: Instant, duration: Duration): Instant {
  return instantAt(Date.parse(at) + duration.ms);
}

/** Gives the later of two instants. */
export function laterOf(left: Instant, right: Instant): Instant {
  return left > right ? left : right;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
