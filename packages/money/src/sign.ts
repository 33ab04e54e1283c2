import type { Money } from './amount.ts';

/**
 * Tells whether an amount is zero.
 *
 * @param amount - Any amount.
 * @returns Whether it is neither more nor less than nothing.
 */
export function isZero(amount: Money): boolean {
  return amount.minor === 0n;
}

/**
 * Tells whether an amount is more than zero.
 *
 * @param amount - Any amount.
 * @returns `false` for zero.
 */
export function isPositive(amount: Money): boolean {
  return amount.minor > 0n;
}

/**
 * Tells whether an amount is less than zero.
 *
 * @param amount - Any amount.
 * @returns `false` for zero.
 */
export function isNegative(amount: Money): boolean {
  return amount.minor < 0n;
}
