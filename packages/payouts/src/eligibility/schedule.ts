import type { Instant } from '@holdfast/kernel';
import { addDays, businessDayFrom, type Calendar, fromLocal, toLocal, weekday } from './calendar.ts';

/** At which local time a run is due, and in which calendar. */
interface Daily {
  /** Since local midnight, in minutes: 0 to 1,439. */
  readonly atMinute: number;
  readonly calendar: Calendar;
  /** What becomes of a run on a day off: moved to the next business day, or done all the same (the default). */
  readonly onDayOff?: 'next_business_day' | 'run';
}

/** When payouts are made of what is due. */
export type Schedule =
  /** As soon as it is due. */
  | { readonly every: 'moment' }
  | ({ readonly every: 'day' } & Daily)
  /** On 1 (Monday) to 7 (Sunday). */
  | ({ readonly every: 'week'; readonly on: number } & Daily)
  /** On 1 to 31; a month that is shorter runs on its last day. */
  | ({ readonly every: 'month'; readonly on: number } & Daily)
  /** Only when somebody asks. */
  | { readonly every: 'never' };

/**
 * Gives the first run at or after an instant; nothing where payouts are only made on request.
 *
 * Runs are named by their local date, so each happens once, whatever the clock on the wall does.
 *
 * @source docs/rules/payouts.md, P-5
 */
export function nextRun(schedule: Schedule, from: Instant): Instant | undefined {
  if (schedule.every === 'never') return undefined;
  if (schedule.every === 'moment') return from;
  const { calendar } = schedule;
  // A run that fell on a day off before `from` may have been moved behind it.
  let date = addDays(toLocal(from, calendar).date, -LOOK_BACK);
  for (;;) {
    const at = fits(schedule, date) ? runOn(schedule, date) : undefined;
    if (at !== undefined && at >= from) return at;
    date = addDays(date, 1);
  }
}

function fits(schedule: Exclude<Schedule, { every: 'never' | 'moment' }>, date: string): boolean {
  if (schedule.every === 'day') return true;
  if (schedule.every === 'week') return weekday(date) === schedule.on;
  const day = Number(date.slice(8));
  const isLast = addDays(date, 1).slice(8) === '01';
  return day === schedule.on || (isLast && schedule.on > day);
}

function runOn({ atMinute, calendar, onDayOff = 'run' }: Daily, date: string): Instant {
  const day = onDayOff === 'run' ? date : businessDayFrom(date, calendar);
  return fromLocal({ date: day, ms: atMinute * 60_000 }, calendar);
}

const LOOK_BACK = 31;
