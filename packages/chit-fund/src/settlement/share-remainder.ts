import { largestRemainder } from '@holdfast/money';

/**
 * Shares what is left at the end of a scheme: the same for each ticket, and one minor unit more for the first ones.
 *
 * @param remainder - Minor units, zero or more: the last carry.
 * @param tickets - How many tickets, at least one.
 * @returns One amount for each ticket, in their order; they sum to the remainder and differ by one minor unit at most.
 * @throws A `TypeError` for a remainder below zero.
 * @source docs/rules/chit-fund.md, CF-9
 */
export function shareRemainder(remainder: bigint, tickets: number): readonly bigint[] {
  if (remainder < 0n) throw new TypeError('Nothing below zero is shared.');
  return largestRemainder(remainder, Array<bigint>(tickets).fill(1n));
}
