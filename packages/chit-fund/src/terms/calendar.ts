import type { Day, HolidayTerms, SchemeTerms } from './terms.ts';

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** What {@link isDay} accepts, for refusals. */
export const DAY_ALLOWED = `a day as YYYY-MM-DD from ${FIRST_YEAR} to ${LAST_YEAR}`;

/**
 * Tells whether a value is a day of the calendar.
 *
 * @param value - Anything.
 * @returns Whether it is `YYYY-MM-DD`, there is such a day, and it lies from 1900 to 2199.
 * @source docs/rules/chit-fund.md, CF-3
 */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || value.length !== 10 || !FORM.test(value)) return false;
  const { year, month, day } = partsOf(value);
  const real = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/**
 * Gives the days on which a scheme draws, and those on which its instalments are due.
 *
 * @param terms - Checked but for the days that follow from them.
 * @returns One day for each instalment, holidays moved; `undefined` where two draws fall on one day, or one outside of
 * the calendar.
 * @source docs/rules/chit-fund.md, CF-3
 */
export function scheduleDays(
  terms: SchemeTerms,
): { readonly drawDays: readonly Day[]; readonly dueDays: readonly Day[] } | undefined {
  const holidays = new Set(terms.holidays?.days);
  const move = terms.holidays?.move ?? 'later';
  const drawDays = terms.every === 'day' ? workingDays(terms, holidays) : movedDays(terms, holidays, move);
  const dueDays = drawDays.map((day) => movedDay(addDays(day, terms.dueAfterDays), holidays, move));
  const rising = drawDays.every((day, index) => index === 0 || day > (drawDays[index - 1] as Day));
  return rising && [...drawDays, ...dueDays].every(isDay) ? { drawDays, dueDays } : undefined;
}

/**
 * Gives the day some days after another.
 *
 * @param day - A day.
 * @param count - Days; below zero for a day before.
 * @returns The day.
 */
export function addDays(day: Day, count: number): Day {
  return dayOfNumber(dayNumber(day) + count);
}

/**
 * Gives the day some months after another, or the last day of a shorter month.
 *
 * @param day - A day.
 * @param count - Months; below zero for a day before.
 * @returns The day; one month after 31 January is the last day of February, two are 31 March.
 */
export function addMonths(day: Day, count: number): Day {
  const from = partsOf(day);
  const months = from.year * 12 + from.month - 1 + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return textOf(year, month, Math.min(from.day, daysInMonth(year, month)));
}

/**
 * Counts the days from one day to another.
 *
 * @param from - A day.
 * @param to - Another; the count is below zero where it is the earlier one.
 * @returns The days between them.
 */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The days of a daily scheme: every working day from the first on. */
function workingDays(terms: SchemeTerms, holidays: ReadonlySet<Day>): Day[] {
  const days: Day[] = [];
  for (let day = terms.starts; days.length < terms.instalments; day = addDays(day, 1)) {
    if (!holidays.has(day)) days.push(day);
  }
  return days;
}

/** The days of a weekly or monthly scheme, each holiday among them moved. */
function movedDays(terms: SchemeTerms, holidays: ReadonlySet<Day>, move: HolidayTerms['move']): Day[] {
  return Array.from({ length: terms.instalments }, (_, index) => {
    const day = terms.every === 'week' ? addDays(terms.starts, 7 * index) : addMonths(terms.starts, index);
    return movedDay(day, holidays, move);
  });
}

function movedDay(day: Day, holidays: ReadonlySet<Day>, move: HolidayTerms['move']): Day {
  let moved = day;
  while (holidays.has(moved)) moved = addDays(moved, move === 'later' ? 1 : -1);
  return moved;
}

function partsOf(day: Day): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 0000-03-01, counted in years that begin in March, so that the leap day comes last. */
function dayNumber(day: Day): number {
  const parts = partsOf(day);
  const year = parts.month > 2 ? parts.year : parts.year - 1;
  const month = (parts.month + 9) % 12;
  return daysBeforeYear(year) + Math.floor((month * 153 + 2) / 5) + parts.day - 1;
}

function dayOfNumber(number: number): Day {
  let year = Math.floor(number / 365.2425);
  while (daysBeforeYear(year) > number) year -= 1;
  while (daysBeforeYear(year + 1) <= number) year += 1;
  const within = number - daysBeforeYear(year);
  const shifted = Math.floor((within * 5 + 2) / 153);
  const day = within - Math.floor((shifted * 153 + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return textOf(month > 2 ? year : year + 1, month, day);
}

function daysBeforeYear(year: number): number {
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

function textOf(year: number, month: number, day: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
