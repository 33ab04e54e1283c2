import { amountOf, assertSameCurrency, type Money } from './amount.ts';
import { defect } from './defect.ts';
import { divideRounded, type Rounding } from './rounding.ts';

/** A conversion that was done: what it took, what it gave, and how it rounded. */
export interface Converted<From extends string = string, To extends string = string> {
  /** What was converted, more than zero. */
  readonly from: Money<From>;
  /** What it became when it was frozen. */
  readonly to: Money<To>;
  /** The rounding of its quote. */
  readonly rounding: Rounding;
}

/**
 * Says how much of a converted amount goes back with a part of the original: a share of the frozen result, taken
 * cumulatively, never the rate again.
 *
 * @param converted - What was converted, and into what.
 * @param given - `already` went back before, `back` goes back now; both of the original, together at most all of it.
 * @returns What goes back of the result now. However the original is given back, in one go or in any number of
 * steps, exactly all of the result has gone back at the end.
 * @throws A defect: `currency_mismatch`, or `parts_invalid` for negative amounts or more than was converted.
 * @source docs/rules/money.md, M-11
 */
export function reverseConversion<From extends string, To extends string>(
  converted: Converted<From, To>,
  given: { readonly already: Money<NoInfer<From>>; readonly back: Money<NoInfer<From>> },
): Money<To> {
  const { from, to, rounding } = converted;
  assertSameCurrency(from, given.already);
  assertSameCurrency(from, given.back);
  const already = given.already.minor;
  const now = already + given.back.minor;
  if (from.minor <= 0n || already < 0n || now < already || now > from.minor) {
    throw defect('parts_invalid', `Of ${from}, ${given.already} went back and ${given.back} cannot.`);
  }
  const upTo = (part: bigint): bigint => divideRounded(to.minor * part, from.minor, rounding);
  return amountOf(upTo(now) - upTo(already), to.currency);
}
