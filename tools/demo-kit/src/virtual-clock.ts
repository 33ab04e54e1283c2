import { type Instant, instantAt } from '@holdfast/kernel';

/** The demo's own clock. It never shows the time of the day, and never goes back. */
export interface VirtualClock {
  /** What the book's clock shows. */
  readonly now: () => Instant;
  /** The same in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Goes on to an instant; one that has passed changes nothing. */
  goTo(ms: number): void;
}

/** Makes the clock. */
export function virtualClock(startMs: number): VirtualClock {
  let shown = startMs;
  return {
    now: () => instantAt(shown),
    nowMs: () => shown,
    goTo: (ms) => {
      shown = Math.max(shown, ms);
    },
  };
}

/** An hour, in milliseconds. */
export const HOUR_MS = 3_600_000;
