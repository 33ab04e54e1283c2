import { amountOf, type Money } from './amount.ts';
import type { Rate } from './rate.ts';
import { divideRounded, type Rounding } from './rounding.ts';

/**
 * Takes a rate of an amount, rounded once.
 *
 * @param amount - Any amount; a negative one mirrors a positive one in the modes that are symmetric.
 * @param rate - An exact fraction.
 * @param rounding - Which way an inexact minor unit goes.
 * @returns The share, in the amount's currency.
 * @source docs/rules/money.md, M-7, M-8
 */
export function share<Code extends string>(amount: Money<Code>, rate: Rate, rounding: Rounding): Money<Code> {
  return amountOf(divideRounded(amount.minor * rate.num, rate.den, rounding), amount.currency);
}
