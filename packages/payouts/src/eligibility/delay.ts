import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import { addBusinessDays, type Calendar } from './calendar.ts';

/** How long earned money waits: elapsed time, or business days of a calendar. */
export type Delay = { readonly elapsed: Duration } | { readonly businessDays: number; readonly calendar: Calendar };

/** When a delay is over, and by which calendar it was computed. Stored, never computed again. */
export interface DelayEnd {
  readonly at: Instant;
  /** Absent where the delay is elapsed time. */
  readonly calendar?: string;
}

/**
 * Computes when a delay is over. The delay is over when `now >= at`.
 *
 * @source docs/rules/payouts.md, P-3, P-4
 */
export function delayEnd(delay: Delay, from: Instant): DelayEnd {
  if ('elapsed' in delay) return { at: addDuration(from, delay.elapsed) };
  const { businessDays, calendar } = delay;
  return { at: addBusinessDays(from, businessDays, calendar), calendar: calendar.version };
}
