import { assertSameCurrency, type Money } from './amount.ts';

/**
 * Orders two amounts of one currency; fit for `sort`.
 *
 * @param left - An amount.
 * @param right - Another; of another known currency it does not compile.
 * @returns `-1` when the left one is less, `1` when it is more, else `0`.
 * @throws A `TypeError` with code `currency_mismatch` where the currencies were not known and differ.
 */
export function compare<Code extends string>(left: Money<Code>, right: Money<NoInfer<Code>>): -1 | 0 | 1 {
  assertSameCurrency(left, right);
  if (left.minor === right.minor) return 0;
  return left.minor < right.minor ? -1 : 1;
}
