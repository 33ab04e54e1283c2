import { webster } from '@holdfast/money';

/**
 * Splits what a ticket owes or gets among those who hold parts of it.
 *
 * @param amount - What is to be split now, in minor units, zero or more.
 * @param held - `parts`: how much of the ticket each holder has, such as 1n and 1n for halves, not all zero; `before`: what
 * the ticket has come to so far in the same way (dues, dividends or prizes), as split before.
 * @returns One amount for each part, none below zero; they sum to the amount. Over all amounts together no holder is a
 * minor unit or more away from his exact part, for two parts; for more parts Webster's method keeps each as near as it can.
 * @throws A `TypeError` with code `parts_invalid` for a negative number, or where nobody holds a part.
 * @source docs/rules/chit-fund.md, CF-13
 */
export function shareTicket(
  amount: bigint,
  held: { readonly parts: readonly bigint[]; readonly before: bigint },
): readonly bigint[] {
  const after = webster(held.before + amount, held.parts);
  const before = webster(held.before, held.parts);
  return after.map((total, index) => total - (before[index] ?? 0n));
}
