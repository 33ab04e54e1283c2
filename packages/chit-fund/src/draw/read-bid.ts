import { isIn, isMoney, type Money, parsePercent, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { isHui } from '../terms/derive.ts';
import type { Scheme } from '../terms/terms.ts';
import type { BidInvalid } from './refusals.ts';

/** How bidders write a bid. */
export type BidNotation =
  /** What the bidder forgoes; in a hui the bid itself. */
  | { readonly by: 'discount'; readonly amount: Money }
  /** What the bidder forgoes in percent of the prize before the discount, as decimal text such as `27.5`. */
  | { readonly by: 'percent'; readonly percent: string }
  /** What the bidder would take: the lowest prize wins. */
  | { readonly by: 'prize'; readonly amount: Money };

/**
 * Turns a bid into the discount that it stands for; nothing is rounded, and whether the discount may be bid is {@link checkBid}'s.
 *
 * @param scheme - The scheme.
 * @param notation - The bid as it was written; anything from outside is looked at field by field.
 * @returns The discount in minor units; below zero where a prize above the gross one was asked for.
 *
 * @errors
 * - `bid_invalid`: no notation, an amount in another currency, a percentage that comes to a part of a minor unit, or percent or prize in a hui.
 * @source docs/rules/chit-fund.md, CF-20
 */
export function readBid(scheme: Scheme, notation: BidNotation): Result<bigint, BidInvalid> {
  if (typeof notation !== 'object' || notation === null) {
    return invalid('bid', notation, 'an object with `by`: `discount`, `percent` or `prize`');
  }
  if (isHui(scheme.terms.method) && notation.by !== 'discount')
    return invalid('bid.by', notation.by, '`discount`: the bid of a hui');
  switch (notation.by) {
    case 'discount':
      return readAmount(scheme, notation.amount);
    case 'prize':
      return readAmount(scheme, notation.amount).map((prize) => scheme.grossPrize - prize);
    case 'percent':
      return readPercent(scheme, notation.percent);
    default:
      return invalid('bid.by', (notation as { by?: unknown }).by, '`discount`, `percent` or `prize`');
  }
}

function readAmount(scheme: Scheme, amount: Money): Result<bigint, BidInvalid> {
  if (isMoney(amount) && isIn(amount, scheme.currency)) return ok(amount.minor);
  return invalid('bid.amount', isMoney(amount) ? `${amount}` : amount, `an amount in ${scheme.currency.code}`);
}

function readPercent(scheme: Scheme, percent: string): Result<bigint, BidInvalid> {
  const rate = parsePercent(percent);
  if (rate.isErr()) return invalid('bid.percent', percent, rate.error.allowed);
  const scaled = scheme.grossPrize * rate.value.num;
  if (scaled % rate.value.den === 0n) return ok(scaled / rate.value.den);
  return invalid('bid.percent', percent, 'a percentage of the prize that comes to whole minor units');
}

function invalid(field: string, given: unknown, allowed: string): Result<never, BidInvalid> {
  return err({ code: 'bid_invalid', field, given: printGiven(given), allowed });
}
