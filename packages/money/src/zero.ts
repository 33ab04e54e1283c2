import { amountOf, type Money } from './amount.ts';
import { type Currency, canonicalCurrency } from './currency.ts';

/**
 * Makes an amount of nothing.
 *
 * @param currency - Of this currency.
 * @returns Zero.
 */
export function zero<Code extends string>(currency: Currency<Code>): Money<Code> {
  return amountOf(0n, canonicalCurrency(currency));
}
