import { Decimal } from 'decimal.js';
import { err, type Result } from 'neverthrow';
import { parseRate } from './parse-rate.ts';
import type { Rate } from './rate.ts';
import { type RatioInvalid, refusal } from './refusals.ts';

/**
 * Makes a rate from a `Decimal`, the form in which exchange rates are computed elsewhere. The value is taken
 * exactly; nothing is rounded, and no `Decimal` is used after this.
 *
 * @param value - Zero or more, with at most 18 decimals.
 * @param field - The name of the field for the refusal.
 * @returns The same value as an exact fraction.
 *
 * @errors
 * - `ratio_invalid`: no `Decimal`, not finite, negative, more than 18 decimals, or longer than 40 characters.
 * @source docs/rules/money.md, M-8
 */
export function rateFromDecimal(value: Decimal, field = 'rate'): Result<Rate, RatioInvalid> {
  // The exponent is looked at before the digits are written, so that 1e9000000 is not.
  if (!Decimal.isDecimal(value) || !value.isFinite() || Math.abs(value.e) > 40) {
    return err(refusal('ratio_invalid', value, { field, allowed: 'a finite Decimal of at most 40 digits' }));
  }
  return parseRate(value.toFixed(), field);
}

/**
 * Gives a rate as a `Decimal`, for display and for computations that are not about money in a book.
 *
 * @param rate - An exact fraction.
 * @param digits - Significant digits, 1 to 1,000; 40 unless given.
 * @returns The nearest decimal of that many digits: a third is `0.333…`.
 */
export function rateToDecimal(rate: Rate, digits = 40): Decimal {
  const Exact = Decimal.clone({ precision: digits, rounding: Decimal.ROUND_HALF_UP, defaults: true });
  return new Exact(rate.num.toString()).div(rate.den.toString());
}
