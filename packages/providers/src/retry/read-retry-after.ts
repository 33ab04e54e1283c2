import { addDuration, type Duration, hours, type Instant } from '@holdfast/kernel';

/**
 * Reads a `Retry-After` header: whole seconds, or a date of HTTP.
 *
 * @param most - The longest wait that is believed; a day where it is absent. What asks for longer is cut to it.
 * @returns The instant; nothing where the header is absent, cannot be read, or lies in the past.
 * @source docs/rules/providers.md, B-10
 */
export function readRetryAfter(header: unknown, at: Instant, most: Duration = hours(24)): Instant | undefined {
  const ms = waitMs(header, at);
  return ms === undefined || ms <= 0 ? undefined : addDuration(at, { ms: Math.min(ms, most.ms) });
}

function waitMs(header: unknown, at: Instant): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  if (SECONDS.test(text)) return Number(text) * 1_000;
  const date = DATE.test(text) ? Date.parse(text) : Number.NaN;
  // Written back, so that a date which is not in the calendar is none.
  if (Number.isNaN(date) || new Date(date).toUTCString() !== text) return undefined;
  return date - Date.parse(at);
}

const SECONDS = /^[0-9]{1,15}$/;
const DATE = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;
