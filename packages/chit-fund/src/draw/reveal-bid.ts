import { err, ok, type Result } from 'neverthrow';
import { commitBid, type SealedBid } from './commit-bid.ts';
import type { Bid } from './draw.ts';
import type { BidInvalid, RevealDiffers, SecretInvalid } from './refusals.ts';

/** Why {@link revealBid} refuses, in order of precedence. */
export type RevealRefusal = BidInvalid | SecretInvalid | RevealDiffers;

/**
 * Opens a sealed bid. Whether its discount may be bid is {@link checkBid}'s, after this; a bid that is never revealed does not count.
 *
 * @param committed - The commitment as it was taken, and the server's count of it.
 * @param bid - What the bidder reveals.
 * @returns The bid, as early as its commitment was.
 *
 * @errors
 * - `bid_invalid`, `secret_invalid`: what is revealed is not of the form that commitments are made from.
 * - `reveal_differs`: it is not what was committed to.
 * @source docs/rules/chit-fund.md, CF-24
 */
export function revealBid(
  committed: { readonly commitment: string; readonly sequence: number },
  bid: SealedBid,
): Result<Bid, RevealRefusal> {
  const revealed = commitBid(bid);
  if (revealed.isErr()) return err(revealed.error);
  const { ticket, discount } = bid;
  if (revealed.value !== committed.commitment) {
    return err({ code: 'reveal_differs', ticket, revealed: revealed.value, committed: committed.commitment });
  }
  return ok({ ticket, discount, sequence: committed.sequence });
}
