import { printGiven } from '@holdfast/money';
import { Decimal } from 'decimal.js';
import { err, ok, type Result } from 'neverthrow';
import type { ReturnRateInvalid } from './refusals.ts';

/** An exact fraction of either sign. */
export interface Fraction {
  readonly num: bigint;
  /** More than zero. */
  readonly den: bigint;
}

/** Decimals of a rate that is told: 10, so that 1.8445 % is known to a hundred-millionth of a percent. */
export const RATE_DECIMALS = 10;
const MOST_DECIMALS = 30;

/** Digits of what is computed from rates for display. */
export const Exact: typeof Decimal = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, defaults: true });

/**
 * Reads a rate for a period, exactly.
 *
 * @param rate - Above −1: at −1 all is lost.
 * @param field - The name of the field for the refusal.
 *
 * @errors
 * - `rate_invalid`: no `Decimal`, not finite, −1 or less, above a million, or more than 30 decimals.
 */
export function readReturnRate(rate: Decimal, field: string): Result<Fraction, ReturnRateInvalid> {
  const allowed = `a Decimal above -1 and up to 1000000 with at most ${MOST_DECIMALS} decimals`;
  const fits = Decimal.isDecimal(rate) && rate.isFinite() && rate.gt(-1) && rate.lte(1_000_000);
  if (!fits || rate.decimalPlaces() > MOST_DECIMALS) {
    return err({ code: 'rate_invalid', field, given: printGiven(Decimal.isDecimal(rate) ? `${rate}` : rate), allowed });
  }
  const den = 10n ** BigInt(rate.decimalPlaces());
  return ok({ num: BigInt(rate.toFixed().replace('.', '')), den });
}

/**
 * Reads how many decimals rates are rounded to.
 *
 * @param decimals - From 1 to 30.
 *
 * @errors
 * - `rate_invalid`: anything else.
 */
export function readDecimals(decimals: number): Result<number, ReturnRateInvalid> {
  if (Number.isInteger(decimals) && decimals >= 1 && decimals <= MOST_DECIMALS) return ok(decimals);
  const allowed = `a whole number from 1 to ${MOST_DECIMALS}`;
  return err({ code: 'rate_invalid', field: 'decimals', given: printGiven(decimals), allowed });
}

/**
 * Finds the cell of a grid in which something changes.
 *
 * @param low - Where `isAfter` is still false.
 * @param high - Where it is true.
 * @param isAfter - False up to some place and true from there on.
 * @returns The first whole number at which it is true.
 */
export function firstAfter(low: bigint, high: bigint, isAfter: (at: bigint) => boolean): bigint {
  let [before, after] = [low, high];
  while (after - before > 1n) {
    const middle = (before + after) / 2n;
    if (isAfter(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/**
 * Rounds what lies in a cell of a grid of half units, a half up.
 *
 * @param cell - More than zero; the value is above `cell − 1` and at most `cell`, counted in half units.
 * @param isAtEnd - Whether it is `cell` itself.
 * @returns Whole units.
 */
export function roundCell(cell: bigint, isAtEnd: boolean): bigint {
  // An even cell ends at a whole unit; an odd one at a half, which goes up only where the value is the half itself.
  if (cell % 2n === 0n || isAtEnd) return (cell + 1n) / 2n;
  return (cell - 1n) / 2n;
}

/** Writes a count of units of 10^−decimals as a decimal. */
export function decimalOf(units: bigint, decimals: number): Decimal {
  return plain(new Exact(units.toString()).div(new Exact(10).pow(decimals)));
}

/** Gives a computed decimal as the `Decimal` that callers have: the same value, without the precision that it was computed in. */
export function plain(value: Decimal): Decimal {
  return new Decimal(value);
}
