import type { DiscountTerms, Method, SchemeTerms } from './terms.ts';

/** A whole, in basis points. */
export const WHOLE_BPS = 10_000n;

/**
 * Tells whether the tickets bid how much they give up in each later instalment, and not out of the prize.
 *
 * @param method - How winners are found.
 * @returns Whether it is one of the two forms of a hui.
 */
export function isHui(method: Method): boolean {
  return method.type === 'hui_discount' || method.type === 'hui_premium';
}

/**
 * Tells whether winners are found by bids.
 *
 * @param method - How winners are found.
 * @returns Whether {@link SchemeTerms.discount} is needed.
 */
export function hasBids(method: Method): boolean {
  return method.type === 'open_auction' || method.type === 'sealed_auction' || isHui(method);
}

/**
 * Gives what one winner gets before the discount.
 *
 * @param terms - With an amount, counts and winners.
 * @returns Minor units: subscription × instalments, which is the gross chit amount for one winner a draw.
 */
export function grossPrizeOf(terms: SchemeTerms): bigint {
  return terms.subscription.minor * BigInt(terms.instalments);
}

/**
 * Gives the commission of one winner.
 *
 * @param terms - With an amount, counts and basis points.
 * @returns Minor units, rounded down, so that a rate at the legal cap never exceeds it.
 * @source docs/rules/chit-fund.md, CF-4
 */
export function commissionOfWinner(terms: SchemeTerms): bigint {
  return (grossPrizeOf(terms) * terms.commission.basisPoints) / WHOLE_BPS;
}

/**
 * Gives the lowest discount of a winner.
 *
 * @param terms - With a commission.
 * @param bids - Their {@link SchemeTerms.discount}.
 * @returns Minor units.
 */
export function leastDiscountOf(terms: SchemeTerms, bids: DiscountTerms): bigint {
  return bids.minimum === 'commission' ? commissionOfWinner(terms) : 0n;
}

/**
 * Gives the highest discount of a winner; in a hui the highest bid.
 *
 * @param terms - With an amount and counts.
 * @param bids - Their {@link SchemeTerms.discount}.
 * @returns Minor units, rounded down to a whole one and no further: a cap off the steps may still be bid.
 * @source docs/rules/chit-fund.md, CF-5
 */
export function mostDiscountOf(terms: SchemeTerms, bids: DiscountTerms): bigint {
  const whole = isHui(terms.method) ? terms.subscription.minor : grossPrizeOf(terms);
  return (whole * bids.maximumBasisPoints) / WHOLE_BPS;
}
