import { addDuration, type Duration, type Instant } from '@holdfast/kernel';

/** A clock that only moves when it is told to. */
export interface VirtualClock {
  /** The present instant; give it to `openBook` as its `clock`. */
  readonly now: () => Instant;
  /** Goes on by a duration; below zero, it goes back, as real clocks do. */
  advance(duration: Duration): void;
  /** Sets the clock to an instant. */
  set(at: Instant): void;
}

/**
 * Makes a clock that stands still.
 *
 * @param start - Where it stands at first.
 */
export function createVirtualClock(start: Instant): VirtualClock {
  let at = start;
  return {
    now: () => at,
    advance(duration) {
      at = addDuration(at, duration);
    },
    set(instant) {
      at = instant;
    },
  };
}
