import type { OpenedDraw } from '@holdfast/chit-fund';
import type { Instant, Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { type ChitCommandGiven, chitsOf } from '../book/chits.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import { actorIn } from '../schemes/actor-in.ts';
import type { Asked } from '../schemes/draft-scheme.ts';
import { schemeById } from '../schemes/scheme-row.ts';

/** A bid, and the draw that it is meant for. */
export interface BidGiven {
  readonly id: string;
  readonly instalment: number;
  readonly command: Extract<ChitCommandGiven, { readonly type: 'PlaceBid' | 'CommitBid' | 'RevealBid' }>;
}

/**
 * Bids in the draw that the bidder had before him: a bid that comes late never counts in the next one. The key comes before that, so a retry of a bid that
 * was taken is answered as it was.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - `draw_not_open`: another draw is open, or none.
 * - `bids_still_taken`: a sealed bid is opened before bidding is over.
 * - what the book refuses: not his ticket, not eligible, too high, too low, off step, too late.
 */
export async function bidInDraw(
  portal: Portal,
  { caller, key }: Asked,
  { id, instalment, command }: BidGiven,
): Promise<Result<Receipt, Trouble>> {
  const scheme = await schemeById(portal.database, id);
  if (!scheme) return err({ code: 'nothing_there', what: 'scheme' });
  const handle = chitsOf(portal.book);
  const options = { actor: actorIn(scheme, caller), key };
  const read = await handle.read(id);
  if (read.isErr()) return err(read.error);
  const draw = read.value.state?.draw;
  const open = draw?.instalment;
  if (open === instalment) {
    if (command.type !== 'RevealBid' || isOver(draw, portal.clock())) return handle.execute(id, command, options);
    return err({ code: 'bids_still_taken', instalment, until: draw?.closesAt ?? null });
  }
  const known = await handle.preview(id, command, options);
  if (known.isOk() && known.value.status === 'replayed') return known;
  return err({ code: 'draw_not_open', instalment, open: open ?? null });
}

/** Once bidding is over it stays so: whoever is let through here is not let through too early. */
function isOver(draw: OpenedDraw | undefined, now: Instant): boolean {
  return draw !== undefined && (draw.ended || (draw.closesAt !== undefined && now >= draw.closesAt));
}
