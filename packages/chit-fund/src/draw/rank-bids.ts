import type { Bid } from './draw.ts';

/** Who wins by bids, as far as the bids say. */
export interface Ranked {
  /** Bids that win without a lot, the highest first. */
  readonly winning: readonly Bid[];
  /** Bids of one discount of which not all can win; empty where all can. */
  readonly tied: readonly Bid[];
  /** How many of the tied win. */
  readonly places: number;
}

/**
 * Ranks bids: the highest discount first, of a ticket's own bids only its best, of equal bids of different tickets the one taken first.
 *
 * @param bids - Those that count.
 * @param winners - How many win.
 */
export function rankBids(bids: readonly Bid[], winners: number): Ranked {
  const standing = standingBids(bids);
  const cut = standing[winners - 1];
  const next = standing[winners];
  if (cut === undefined || next === undefined || next.discount < cut.discount) {
    return { winning: standing.slice(0, winners), tied: [], places: 0 };
  }
  const winning = standing.filter((bid) => bid.discount > cut.discount);
  const tied = standing.filter((bid) => bid.discount === cut.discount);
  return { winning, tied, places: winners - winning.length };
}

/** Each ticket's best bid, the best first: a ticket that bids the same again keeps its first place. */
function standingBids(bids: readonly Bid[]): readonly Bid[] {
  const best = new Map<number, Bid>();
  for (const bid of [...bids].sort(isBefore)) if (!best.has(bid.ticket)) best.set(bid.ticket, bid);
  return [...best.values()];
}

function isBefore(left: Bid, right: Bid): number {
  if (left.discount !== right.discount) return left.discount > right.discount ? -1 : 1;
  return left.sequence - right.sequence;
}
