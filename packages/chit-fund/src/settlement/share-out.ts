/** What a fund gives out at the end of its cycle, in minor units. */
export interface ShareOut {
  /** The value of one share, rounded down. */
  readonly perShare: bigint;
  /** What each member gets, in their order. */
  readonly payouts: readonly bigint[];
  /** What could not be shared: the first money of the next cycle. */
  readonly remainder: bigint;
}

/**
 * Shares out the fund of an accumulating association: nobody wins in turn, everybody gets the value of his shares.
 *
 * @param fund - Savings, interest and fines less losses, in minor units, zero or more.
 * @param shares - Shares of each member, zero or more; not all zero.
 * @returns The value of a share and each member's payout; with the remainder they sum to the fund.
 * @throws A `TypeError` with code `shares_invalid` for a number below zero, or where nobody has a share.
 * @source docs/rules/chit-fund.md, CF-13
 */
export function shareOut(fund: bigint, shares: readonly bigint[]): ShareOut {
  const all = shares.reduce((sum, count) => sum + count, 0n);
  if (fund < 0n || all <= 0n || shares.some((count) => count < 0n)) {
    throw Object.assign(new TypeError('A fund of zero or more is shared by shares, not all of them zero.'), {
      code: 'shares_invalid',
    });
  }
  const perShare = fund / all;
  return { perShare, payouts: shares.map((count) => count * perShare), remainder: fund - perShare * all };
}
