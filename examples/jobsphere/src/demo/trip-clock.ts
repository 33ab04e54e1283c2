import { addDuration, days, type Instant } from '@holdfast/kernel';

/** The steps of a job's life, in the order in which its instants lie. */
export type Step = 'deposit' | 'send' | 'answer' | 'finish';

/** The demo's own clock: every instant is a function of the row and the step, never of the wall clock. */
export interface TripClock {
  /** What the book's clock shows now. */
  readonly now: () => Instant;
  /** Sets the clock to a step of a row. Called in the same breath as the command, before anything is awaited. */
  setTo(row: number, step: Step): void;
  /** Moves the clock past the seven days of every offer that was sent so far. Rows set later lie after that. */
  passSevenDays(): void;
}

/**
 * Makes the clock. One second a row, a fraction of it a step.
 *
 * @param rows - How many rows there are, so that the seven days begin after the last.
 */
export function tripClock(rows: number): TripClock {
  let start = FIRST;
  let shown = FIRST;
  return {
    now: () => shown,
    setTo(row, step) {
      shown = addDuration(start, { ms: row * 1_000 + STEPS.indexOf(step) * 100 });
    },
    passSevenDays() {
      start = addDuration(addDuration(FIRST, days(7)), { ms: (rows + 1) * 1_000 });
      shown = start;
    },
  };
}

/** The day after the last trip of the file. */
const FIRST: Instant = '2019-04-01T00:00:00.000Z';
const STEPS: readonly Step[] = ['deposit', 'send', 'answer', 'finish'];
