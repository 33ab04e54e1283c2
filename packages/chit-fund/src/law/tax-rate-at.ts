import { ok, type Result } from 'neverthrow';
import type { Day, SchemeTerms } from '../terms/terms.ts';
import { type LawOptions, parameterAt } from './parameter-at.ts';
import type { ParameterUnknown } from './refusals.ts';

/**
 * Gives the tax on the foreman's commission on a day of supply.
 *
 * @param terms - A scheme's terms.
 * @param day - The day of supply, which is the day of the draw: a rate that changes in mid-scheme holds from its day on.
 * @param options - The law's table; the State is that of the terms unless given.
 * @returns Basis points; 0n where the terms have no tax, and before the first of their own rates.
 *
 * @errors
 * - `parameter_unknown`: the terms leave the rate to the law, and that has none on the day.
 * @source docs/rules/chit-fund.md, CF-18
 */
export function taxRateAt(terms: SchemeTerms, day: Day, options: LawOptions = {}): Result<bigint, ParameterUnknown> {
  const { tax } = terms;
  if (tax === undefined) return ok(0n);
  if (tax.rates !== undefined) return ok(tax.rates.findLast(({ from }) => from <= day)?.basisPoints ?? 0n);
  return parameterAt('in.gst.foremanBps', day, { state: terms.state, ...options }).map(({ value }) => value);
}

/**
 * Tells whether interest and penalties for late instalments are taxed like the commission.
 *
 * @param terms - A scheme's terms.
 * @param day - The day of supply.
 * @param options - The law's table; the State is that of the terms unless given.
 * @returns `false` where the terms have no tax, or rates of their own.
 *
 * @errors
 * - `parameter_unknown`: the law says nothing about the day.
 * @source docs/rules/chit-fund.md, CF-18
 */
export function isInterestTaxed(
  terms: SchemeTerms,
  day: Day,
  options: LawOptions = {},
): Result<boolean, ParameterUnknown> {
  if (terms.tax === undefined || terms.tax.rates !== undefined) return ok(false);
  return parameterAt('in.gst.onDefaultInterest', day, { state: terms.state, ...options }).map(({ value }) => value);
}
