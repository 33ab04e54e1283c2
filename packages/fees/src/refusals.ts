import type { Money } from '@holdfast/money';

/**
 * The deductive fees are more than the amount, so that nothing, or less, would be paid out.
 *
 * @severity answer
 * @retry no
 */
export interface FeeExceedsAmount {
  readonly code: 'fee_exceeds_amount';
  /** The amount that was to be quoted. */
  readonly amount: Money;
  /** What the deductive fees take of it. */
  readonly fees: Money;
}

/**
 * More would be given back than is left of the charge.
 *
 * @severity answer
 * @retry no
 */
export interface RefundExceedsRemaining {
  readonly code: 'refund_exceeds_remaining';
  /** What was to be given back. */
  readonly back: Money;
  /** What is left of the charge. */
  readonly remaining: Money;
}

/**
 * A quote is of another version than the schedule that it is compared with.
 *
 * @severity alarm
 * @retry no
 */
export interface ScheduleMismatch {
  readonly code: 'schedule_mismatch';
  /** The version that the quote names. */
  readonly quoted: string;
  /** The version of the schedule. */
  readonly schedule: string;
}

/**
 * A quote does not say what its schedule says for its amount.
 *
 * @severity alarm
 * @retry no
 */
export interface QuoteDiffers {
  readonly code: 'quote_differs';
  /** The first line that differs: a fee, `charge`, `payout`, or `rules` where the rules themselves do. */
  readonly line: string;
  /** What the quote says. */
  readonly quoted: string;
  /** What the schedule says. */
  readonly replayed: string;
}

/**
 * Fees from outside that cannot be.
 *
 * @severity mistake
 * @retry no
 */
export interface FeesInvalid {
  readonly code: 'config_invalid';
  /** Where the first problem is, such as `rules.platform.rate`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
  /** Every problem that was found, each a sentence. */
  readonly problems: readonly string[];
}

/**
 * JSON that is not a quote.
 *
 * @severity alarm
 * @retry no
 */
export interface QuoteInvalid {
  readonly code: 'shape_invalid';
  /** Where the first problem is, such as `lines.platform`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}
