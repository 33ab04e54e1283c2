import type { Decimal } from 'decimal.js';
import { Exact, plain } from './rate-grid.ts';

/**
 * Gives what a rate of a period comes to in a year where what is earned earns again: `(1 + rate)^periods − 1`.
 *
 * @param rate - Of a period, a fraction of one.
 * @param periods - Periods in a year: 12 for months, 52 for weeks, 365 for days.
 * @returns The effective rate of a year, to 60 digits.
 * @source docs/rules/chit-fund.md, CF-26
 */
export function effectiveAnnual(rate: Decimal, periods: number): Decimal {
  return plain(new Exact(rate).add(1).pow(periods).sub(1));
}

/**
 * Gives a rate of a period times the periods of a year, as lenders quote it: `rate × periods`.
 *
 * @param rate - Of a period, a fraction of one.
 * @param periods - Periods in a year: 12 for months, 52 for weeks, 365 for days.
 * @returns The nominal rate of a year, to 60 digits.
 * @source docs/rules/chit-fund.md, CF-26
 */
export function nominalAnnual(rate: Decimal, periods: number): Decimal {
  return plain(new Exact(rate).mul(periods));
}
