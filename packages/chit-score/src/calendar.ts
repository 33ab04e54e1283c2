import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { DayInvalid } from './refusals.ts';

/** A day of the calendar where the chits are run, such as `2026-11-21`. Which instants it holds is the caller's. */
export type Day = string;

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/**
 * Reads a day of the calendar.
 *
 * @param value - Anything; `YYYY-MM-DD` from 1900 to 2199 can be accepted.
 * @param field - The name of the field for the refusal.
 * @returns The same text.
 *
 * @errors
 * - `day_invalid`: no such text, or no such day.
 * @source docs/rules/chit-score.md, CS-4
 */
export function parseDay(value: unknown, field: string): Result<Day, DayInvalid> {
  if (typeof value === 'string' && value.length === 10 && FORM.test(value)) {
    const { year, month, day } = partsOf(value);
    const real = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
    if (real && year >= FIRST_YEAR && year <= LAST_YEAR) return ok(value);
  }
  const allowed = `a day as YYYY-MM-DD from ${FIRST_YEAR} to ${LAST_YEAR}`;
  return err({ code: 'day_invalid', field, given: printGiven(value), allowed });
}

/**
 * Counts the days from one day to another.
 *
 * @param from - A day.
 * @param to - Another; below zero where it is the earlier one.
 * @returns The days between them.
 */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Gives the number of a calendar month, whatever the day in it, so that any two differ by the months between them.
 *
 * @param day - A day.
 * @returns Twelve times the year, and the month.
 */
export function monthNumber(day: Day): number {
  const { year, month } = partsOf(day);
  return year * 12 + month;
}

/**
 * Counts the whole months from one day to a later one; a month from the 31st ends on the last day of a shorter one.
 *
 * @param from - A day.
 * @param to - Another.
 * @returns The whole months, 0 where `to` is earlier.
 */
export function wholeMonths(from: Day, to: Day): number {
  const start = partsOf(from).day;
  const { year, month, day } = partsOf(to);
  const complete = day >= Math.min(start, daysInMonth(year, month)) ? 0 : 1;
  return Math.max(0, monthNumber(to) - monthNumber(from) - complete);
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
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leaps + Math.floor((month * 153 + 2) / 5) + parts.day - 1;
}
