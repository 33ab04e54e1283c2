import type { Money } from './amount.ts';
import { compare } from './compare.ts';

/**
 * Picks the greatest of some amounts of one currency.
 *
 * @param first - An amount.
 * @param others - More of them; of another known currency they do not compile.
 * @returns The greatest; of equal ones the first.
 * @throws A `TypeError` with code `currency_mismatch` where the currencies were not known and differ.
 */
export function maximum<Code extends string>(
  first: Money<Code>,
  ...others: readonly Money<NoInfer<Code>>[]
): Money<Code> {
  return others.reduce((greatest, amount) => (compare(amount, greatest) > 0 ? amount : greatest), first);
}
