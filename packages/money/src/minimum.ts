import type { Money } from './amount.ts';
import { compare } from './compare.ts';

/**
 * Picks the least of some amounts of one currency.
 *
 * @param first - An amount.
 * @param others - More of them; of another known currency they do not compile.
 * @returns The least; of equal ones the first.
 * @throws A `TypeError` with code `currency_mismatch` where the currencies were not known and differ.
 */
export function minimum<Code extends string>(
  first: Money<Code>,
  ...others: readonly Money<NoInfer<Code>>[]
): Money<Code> {
  return others.reduce((least, amount) => (compare(amount, least) < 0 ? amount : least), first);
}
