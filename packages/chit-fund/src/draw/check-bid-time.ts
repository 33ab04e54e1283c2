import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { type AuctionTime, auctionEnd } from './auction-end.ts';
import type { BiddingClosed } from './refusals.ts';

/**
 * Tells whether a bid comes in time. The server's instant counts, not the bidder's; among bids of one instant the server's count says which was first.
 *
 * @param at - When the server took the bid.
 * @param auction - When it opened, when each bid before was taken, and how long it lasts.
 * @returns The instant.
 *
 * @errors
 * - `bidding_closed`: carries the end.
 * @source docs/rules/chit-fund.md, CF-22
 */
export function checkBidTime(
  at: Instant,
  auction: { readonly opened: Instant; readonly bids: readonly Instant[]; readonly time?: AuctionTime },
): Result<Instant, BiddingClosed> {
  const ended = auctionEnd(auction.opened, auction.bids, auction.time);
  return at < ended ? ok(at) : err({ code: 'bidding_closed', at, ended });
}
