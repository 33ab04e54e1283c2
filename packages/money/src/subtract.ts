import { amountOf, assertSameCurrency, type Money } from './amount.ts';

/**
 * Takes one amount from another of the same currency.
 *
 * @param left - What is taken from.
 * @param right - What is taken; of another known currency it does not compile.
 * @returns The difference, negative where more is taken than there is.
 * @throws A defect: `currency_mismatch` where the currencies were not known and differ, `amount_range` past 38 digits.
 * @source docs/rules/money.md, M-6
 */
export function subtract<Code extends string>(left: Money<Code>, right: Money<NoInfer<Code>>): Money<Code> {
  assertSameCurrency(left, right);
  return amountOf(left.minor - right.minor, left.currency);
}
