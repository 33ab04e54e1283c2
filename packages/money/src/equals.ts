import type { Money } from './amount.ts';
import { isSameCurrency } from './currency.ts';

/**
 * Tells whether two amounts are the same: as many minor units of the same currency.
 *
 * @param left - An amount.
 * @param right - Another; of another known currency it does not compile.
 * @returns `false` also where the currencies were not known and differ: a question has an answer, a sum has none.
 */
export function equals<Code extends string>(left: Money<Code>, right: Money<NoInfer<Code>>): boolean {
  return left.minor === right.minor && isSameCurrency(left.currency, right.currency);
}
