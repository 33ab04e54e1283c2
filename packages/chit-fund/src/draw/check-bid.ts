import { type Money, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { Scheme } from '../terms/terms.ts';
import { checkSetting } from './check-setting.ts';
import { contending } from './contending.ts';
import type { DrawSetting } from './draw.ts';
import type {
  BidAboveHighest,
  BidBelowLowest,
  BidOffStep,
  BidsNotTaken,
  DrawInvalid,
  TicketNotEligible,
} from './refusals.ts';

/** Why a discount cannot be bid, in order of precedence. */
export type DiscountRefusal = BidAboveHighest | BidBelowLowest | BidOffStep;

/** Why {@link checkBid} refuses, in order of precedence. */
export type BidRefusal = DrawInvalid | BidsNotTaken | TicketNotEligible | DiscountRefusal;

/**
 * Tells whether a ticket may bid a discount now. A bid is taken as it is or not at all: none is brought down to the highest, or to a step.
 *
 * @param setting - Whose turn it is.
 * @param bid - The discount in minor units.
 * @returns The discount.
 *
 * @errors
 * - `draw_invalid`: no such instalment, or tickets that are none.
 * - `bids_not_taken`: the winner of this instalment is not found by bids.
 * - `ticket_not_eligible`: the ticket may not win.
 * - `bid_above_highest`, `bid_below_lowest`: carry the bound.
 * - `bid_off_step`: carries the step and the two valid bids beside it.
 * @source docs/rules/chit-fund.md, CF-20
 */
export function checkBid(
  setting: DrawSetting,
  bid: { readonly ticket: number; readonly discount: bigint },
): Result<bigint, BidRefusal> {
  const checked = checkSetting(setting);
  if (checked.isErr()) return err(checked.error);
  const why = whyNoBids(setting);
  if (why !== undefined) return err({ code: 'bids_not_taken', instalment: setting.instalment, why });
  if (!contending(setting).eligible.includes(bid.ticket))
    return err({ code: 'ticket_not_eligible', ticket: bid.ticket });
  return checkDiscount(setting.scheme, bid.discount);
}

/**
 * Says why an instalment's winners are not found by bids; nothing where they are.
 *
 * @param setting - Whose turn it is.
 */
export function whyNoBids(setting: DrawSetting): BidsNotTaken['why'] | undefined {
  const { scheme, instalment, unprized } = contending(setting);
  const company = scheme.terms.companyChit?.instalment === instalment ? 1 : 0;
  if (scheme.discount === undefined) return 'method';
  if (company === scheme.winnersPerDraw) return 'company_chit';
  return unprized.length <= scheme.winnersPerDraw - company ? 'last_ticket' : undefined;
}

/**
 * Tells whether a discount is one that can be bid: from the lowest to the highest, whole steps above the lowest or exactly the highest.
 *
 * @param scheme - One with bids.
 * @param discount - In minor units.
 * @returns The discount.
 *
 * @errors
 * - `bid_above_highest`, `bid_below_lowest`, `bid_off_step`.
 * @source docs/rules/chit-fund.md, CF-20
 */
export function checkDiscount(scheme: Scheme, discount: bigint): Result<bigint, DiscountRefusal> {
  const { least, most, step } = scheme.discount ?? { least: 0n, most: 0n, step: 1n };
  const as = (minor: bigint): Money => money(minor, scheme.currency);
  if (discount > most) return err({ code: 'bid_above_highest', bid: as(discount), highest: as(most) });
  if (discount < least) return err({ code: 'bid_below_lowest', bid: as(discount), lowest: as(least) });
  const over = (discount - least) % step;
  if (discount === most || over === 0n) return ok(discount);
  const below = discount - over;
  const above = below + step > most ? most : below + step;
  return err({ code: 'bid_off_step', bid: as(discount), step: as(step), below: as(below), above: as(above) });
}
