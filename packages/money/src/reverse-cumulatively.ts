import { defect } from './defect.ts';
import { webster } from './webster.ts';

/** How much of a whole was given back before, and how much is given back now. */
export interface GivenBack {
  /** Minor units that earlier reversals gave back, zero or more. */
  readonly already: bigint;
  /** Minor units to give back now, zero or more. */
  readonly back: bigint;
}

/**
 * Says how much each part of a frozen split gives back: the difference of two cumulative splits by Webster's method.
 *
 * @param parts - What each part got when the split was frozen, in minor units, zero or more each.
 * @param given - Before, and now; together at most the sum of the parts.
 * @returns What each part gives back now: never negative, in sum exactly `back`. However a whole is given back, in
 * one go or in any number of steps, each part has given back exactly what it got.
 * @throws A `TypeError` with code `parts_invalid` for negative numbers, or for more than the parts have.
 * @source docs/rules/money.md, M-10
 */
export function reverseCumulatively(parts: readonly bigint[], given: GivenBack): bigint[] {
  const { already, back } = given;
  if (already < 0n || back < 0n) throw defect('parts_invalid', 'Nobody gives back a negative amount.');
  let whole = 0n;
  for (const part of parts) whole += part;
  if (already + back > whole) throw defect('parts_invalid', 'More would be given back than the parts have.');
  const before = webster(already, parts);
  return webster(already + back, parts).map((part, index) => part - (before[index] as bigint));
}
