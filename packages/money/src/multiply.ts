import { amountOf, type Money } from './amount.ts';

/**
 * Multiplies an amount by a whole number; for a fraction of it see `share`.
 *
 * @param amount - Any amount.
 * @param times - How often, of either sign.
 * @returns The product.
 * @throws A `RangeError` with code `amount_range` past 38 digits.
 */
export function multiply<Code extends string>(amount: Money<Code>, times: bigint): Money<Code> {
  return amountOf(amount.minor * times, amount.currency);
}
