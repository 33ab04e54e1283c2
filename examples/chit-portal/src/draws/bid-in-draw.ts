import type { Receipt } from '@holdfast/kernel';
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
  const open = read.value.state?.draw?.instalment;
  if (open === instalment) return handle.execute(id, command, options);
  const known = await handle.preview(id, command, options);
  if (known.isOk() && known.value.status === 'replayed') return known;
  return err({ code: 'draw_not_open', instalment, open: open ?? null });
}
