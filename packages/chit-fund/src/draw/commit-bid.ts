import { createHash } from 'node:crypto';
import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { readHex } from './read-hex.ts';
import type { BidInvalid, SecretInvalid } from './refusals.ts';

/** A sealed bid as its bidder knows it. */
export interface SealedBid {
  /** Which draw: `scheme/instalment/sequence`, so that no commitment fits another draw. */
  readonly draw: string;
  readonly ticket: number;
  /** In minor units. */
  readonly discount: bigint;
  /** 16 to 64 random bytes in lower-case hex. Without them anybody could try all bids there are until one fits. */
  readonly salt: string;
}

/**
 * Gives the commitment to a sealed bid: SHA-256 of the lines `sealed-bid-1`, draw, ticket, discount and salt.
 *
 * @param bid - The bid and its salt.
 * @returns The digest in hex, which is handed in; the rest stays with the bidder until bids are revealed.
 *
 * @errors
 * - `bid_invalid`: the draw is no short printable text, the ticket no whole number, or the discount no bigint of zero or more.
 * - `secret_invalid`: the salt is no hex of 32 to 128 characters; the refusal does not repeat it.
 * @source docs/rules/chit-fund.md, CF-24
 */
export function commitBid(bid: SealedBid): Result<string, BidInvalid | SecretInvalid> {
  const { draw, ticket, discount, salt } = bid;
  if (typeof draw !== 'string' || !/^[!-~]{1,200}$/.test(draw)) {
    return invalid('draw', draw, '1 to 200 printable ASCII characters without spaces');
  }
  if (!Number.isSafeInteger(ticket) || ticket < 1) return invalid('ticket', ticket, 'a whole number from 1');
  if (typeof discount !== 'bigint' || discount < 0n) return invalid('discount', discount, 'a bigint of zero or more');
  const read = readHex(salt, 'salt', { least: 32, most: 128 });
  if (read.isErr()) return err(read.error);
  const text = ['sealed-bid-1', draw, ticket, discount, salt].join('\n');
  return ok(createHash('sha256').update(text).digest('hex'));
}

function invalid(field: string, given: unknown, allowed: string): Result<never, BidInvalid> {
  return err({ code: 'bid_invalid', field, given: printGiven(given), allowed });
}
