import { addDuration, type Duration, type Instant, laterOf, minutes } from '@holdfast/kernel';

/** How long bids are taken. */
export interface AuctionTime {
  /** Five minutes where absent. */
  readonly lasts?: Duration;
  /** Off where absent: a bid in the last stretch of that length moves the end to that length after the bid. */
  readonly extension?: Duration;
}

/**
 * Says when an auction ends.
 *
 * @param opened - When bids began to be taken.
 * @param bids - When each bid was taken, the first one first; one after the end that the bids before it make is of no account.
 * @param time - How long it lasts.
 * @returns The first instant at which no bid is taken any more.
 * @source docs/rules/chit-fund.md, CF-22
 */
export function auctionEnd(opened: Instant, bids: readonly Instant[], time: AuctionTime = {}): Instant {
  const { lasts = minutes(5), extension } = time;
  let end = addDuration(opened, lasts);
  if (extension === undefined) return end;
  for (const at of bids) if (at < end) end = laterOf(end, addDuration(at, extension));
  return end;
}
