import type { Instant } from '../instant.ts';
import type { Refusal } from '../refusals.ts';

/**
 * Everything before that instant is closed already.
 *
 * @severity mistake
 * @retry no
 */
export interface PeriodNotLater extends Refusal<'period_not_later'> {
  readonly before: Instant;
  readonly closedBefore: Instant;
}

/**
 * The period is not over: units may still be dated in it.
 *
 * @severity answer
 * @retry once the instant has passed
 */
export interface PeriodNotOver extends Refusal<'period_not_over'> {
  readonly before: Instant;
  /** By the book's clock. */
  readonly at: Instant;
}

/**
 * The newest unit of the book is not the one that the epoch is to continue.
 *
 * @severity alarm
 * @retry once it names the newest unit, if that is the one that should be there
 */
export interface HeadDiffers extends Refusal<'head_differs'> {
  /** Of the newest unit. */
  readonly sequence: number;
  /** Of the newest unit. */
  readonly digest: string;
}

/**
 * The book is written in that format, or in a newer one, already.
 *
 * @severity mistake
 * @retry no
 */
export interface FormatNotHigher extends Refusal<'format_not_higher'> {
  readonly format: number;
  /** In which the book is written. */
  readonly known: number;
}

/** What each command of a book itself may be refused for, beyond what any unit may, in order of precedence. */
export interface KeepingRefusals {
  readonly ClosePeriod: PeriodNotLater | PeriodNotOver;
  readonly BeginEpoch: HeadDiffers;
  readonly RaiseFormat: FormatNotHigher;
}
