import type { Money } from './amount.ts';
import { negate } from './negate.ts';

/**
 * Drops the sign of an amount.
 *
 * @param amount - Any amount.
 * @returns The same count, zero or more.
 */
export function absolute<Code extends string>(amount: Money<Code>): Money<Code> {
  return amount.minor < 0n ? negate(amount) : amount;
}
