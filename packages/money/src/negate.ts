import { amountOf, type Money } from './amount.ts';

/**
 * Turns the sign of an amount.
 *
 * @param amount - Any amount.
 * @returns The same count with the other sign; zero stays zero.
 */
export function negate<Code extends string>(amount: Money<Code>): Money<Code> {
  return amountOf(-amount.minor, amount.currency);
}
