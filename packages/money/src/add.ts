import { amountOf, assertSameCurrency, type Money } from './amount.ts';

/**
 * Adds two amounts of one currency.
 *
 * @param left - An amount.
 * @param right - Another; of another known currency it does not compile.
 * @returns Their sum.
 * @throws A defect: `currency_mismatch` where the currencies were not known and differ, `amount_range` past 38 digits.
 * @source docs/rules/money.md, M-6
 */
export function add<Code extends string>(left: Money<Code>, right: Money<NoInfer<Code>>): Money<Code> {
  assertSameCurrency(left, right);
  return amountOf(left.minor + right.minor, left.currency);
}
