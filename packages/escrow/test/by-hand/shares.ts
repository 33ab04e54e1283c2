/** What belongs to the provider and what to the platform, in cents. */
export interface Shares {
  readonly payout: bigint;
  readonly platform: bigint;
}

/** Shares of which some are gone already. */
export interface Purse {
  readonly whole: Shares;
  readonly rest: Shares;
}

export const nothing: Shares = { payout: 0n, platform: 0n };

export function totalOf({ payout, platform }: Shares): bigint {
  return payout + platform;
}

export function minus(left: Shares, right: Shares): Shares {
  return { payout: left.payout - right.payout, platform: left.platform - right.platform };
}

/** The platform's quarter is rounded half up, and the provider has the rest. */
export function sharesOf(total: bigint): Shares {
  const platform = halfUp(total * 25n, 100n);
  return { payout: total - platform, platform };
}

/** Takes an amount: the platform gives its share of all that is gone then, rounded half up, less what it gave before. */
export function takeFrom({ whole, rest }: Purse, amount: bigint): Shares {
  const gone = minus(whole, rest);
  const platform = halfUp(whole.platform * (totalOf(gone) + amount), totalOf(whole)) - gone.platform;
  return { payout: amount - platform, platform };
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return denominator === 0n ? 0n : (2n * numerator + denominator) / (2n * denominator);
}
