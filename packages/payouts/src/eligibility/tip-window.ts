import { addDuration, type Duration, type Instant } from '@holdfast/kernel';

/** When tips for something are taken: from its completion on, until just before the end. */
export interface TipWindow {
  readonly from: Instant;
  readonly until: Instant;
}

/** Gives the window of tips: half-open, `[from, until)`. */
export function tipWindow(completedAt: Instant, length: Duration): TipWindow {
  return { from: completedAt, until: addDuration(completedAt, length) };
}

/**
 * Says whether a tip that is asked for at an instant is in its window. What counts is when it was asked for, never when its money came.
 *
 * @source docs/rules/payouts.md, P-13
 */
export function isTipWindowOpen({ from, until }: TipWindow, at: Instant): boolean {
  return at >= from && at < until;
}
