import { Defect, type Instant, instantAt, isInstant } from '@holdfast/kernel';

/**
 * Local time and working days of one place, as data: given by the caller with a version, so that an instant that was computed once can be
 * explained for ever, whatever governments decide later.
 */
export interface Calendar {
  /** Names the place and the release of its data, such as `America/Toronto@2026a`. Stored beside every instant that was computed with it. */
  readonly version: string;
  /** What is added to UTC, from each instant on, oldest first. Before the first one the first one holds. */
  readonly offsets: readonly { readonly from: Instant; readonly minutes: number }[];
  /** Days of the week on which nothing is paid, 1 (Monday) to 7 (Sunday). */
  readonly weekend: readonly number[];
  /** Further days on which nothing is paid, such as `2026-12-25`. */
  readonly holidays: readonly string[];
}

/** A moment as a clock on the wall shows it. */
export interface LocalTime {
  /** `2026-03-07`. */
  readonly date: string;
  /** Since local midnight, in milliseconds. */
  readonly ms: number;
}

/** UTC, Saturdays and Sundays off, no holidays. */
export const utcCalendar: Calendar = {
  version: 'UTC',
  offsets: [{ from: '1970-01-01T00:00:00.000Z', minutes: 0 }],
  weekend: [6, 7],
  holidays: [],
};

/** Gives what the clock on the wall shows at an instant. */
export function toLocal(at: Instant, calendar: Calendar): LocalTime {
  const local = Date.parse(at) + offsetAt(at, calendar) * MINUTE;
  const date = instantAt(local).slice(0, 10);
  return { date, ms: local - Date.parse(`${date}T00:00:00.000Z`) };
}

/**
 * Gives the instant at which the clock on the wall shows a time. A time that the clock skips is taken as many minutes later as it skips; of one
 * that it shows twice, the first is taken.
 *
 * @source docs/rules/payouts.md, P-4
 */
export function fromLocal({ date, ms }: LocalTime, calendar: Calendar): Instant {
  const asUtc = Date.parse(`${date}T00:00:00.000Z`) + ms;
  const candidates = new Set(calendar.offsets.map(({ minutes }) => asUtc - minutes * MINUTE));
  const shown = [...candidates]
    .filter((epoch) => epoch + offsetAt(instantAt(epoch), calendar) * MINUTE === asUtc)
    .sort((left, right) => left - right);
  if (shown[0] !== undefined) return instantAt(shown[0]);
  // Skipped: counted with the offset from before the gap, which lands as far behind it as the time lay in it.
  const before = offsetAt(instantAt(asUtc - DAY), calendar);
  return instantAt(asUtc - before * MINUTE);
}

/** Gives the date that lies some days after another. */
export function addDays(date: string, count: number): string {
  return instantAt(Date.parse(`${date}T00:00:00.000Z`) + count * DAY).slice(0, 10);
}

/** Gives the day of the week, 1 (Monday) to 7 (Sunday). */
export function weekday(date: string): number {
  return ((Math.floor(Date.parse(`${date}T00:00:00.000Z`) / DAY) + 3) % 7) + 1;
}

/** Says whether money is paid on a date. */
export function isBusinessDay(date: string, { weekend, holidays }: Calendar): boolean {
  return !weekend.includes(weekday(date)) && !holidays.includes(date);
}

/**
 * Gives the instant that lies some business days later, at the same local time. What begins on a day off begins with the next business day.
 *
 * @throws Defect where no business day comes within ten years: the calendar is wrong.
 */
export function addBusinessDays(at: Instant, count: number, calendar: Calendar): Instant {
  const { date, ms } = toLocal(at, calendar);
  let day = businessDayFrom(date, calendar);
  for (let left = count; left > 0; left--) day = businessDayFrom(addDays(day, 1), calendar);
  return fromLocal({ date: day, ms }, calendar);
}

/** Gives a date, or the first business day after it. */
export function businessDayFrom(date: string, calendar: Calendar): string {
  let day = date;
  for (let tries = 0; tries < MOST_DAYS; tries++) {
    if (isBusinessDay(day, calendar)) return day;
    day = addDays(day, 1);
  }
  throw new Defect(`the calendar ${calendar.version} has no business day in ten years after ${date}`);
}

/** Lists what is wrong with a calendar, each as a sentence. */
export function checkCalendar({ version, offsets, weekend, holidays }: Calendar): readonly string[] {
  const problems: string[] = [];
  const say = (wrong: boolean, problem: string): void => {
    if (wrong) problems.push(problem);
  };
  say(version === '', 'A calendar needs a version, so that what it computed can be explained later.');
  say(offsets.length === 0, `The calendar ${version} has no offset from UTC.`);
  for (const [index, { from, minutes }] of offsets.entries()) {
    say(!isInstant(from), `The offset ${index} of the calendar ${version} begins at no instant.`);
    say(!Number.isInteger(minutes) || Math.abs(minutes) > 1_080, `${minutes} minutes are no offset from UTC.`);
    say(index > 0 && from <= (offsets[index - 1]?.from ?? ''), `The offsets of ${version} are not in order.`);
  }
  for (const day of weekend)
    say(!Number.isInteger(day) || day < 1 || day > 7, `${day} is no day of the week (1 to 7).`);
  say(new Set(weekend).size > 6, `The calendar ${version} has no working day.`);
  for (const date of holidays) say(!isInstant(`${date}T00:00:00.000Z`), `${date} is no date.`);
  return problems;
}

function offsetAt(at: Instant, { offsets }: Calendar): number {
  const current = offsets.findLast(({ from }) => from <= at);
  return (current ?? offsets[0])?.minutes ?? 0;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOST_DAYS = 3_660;
