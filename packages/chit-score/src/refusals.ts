/** What every refusal about given data tells of it. */
interface Given {
  /** Where the first problem is, such as `factors.paymentHistory` or `events.3.dueOn`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

/**
 * A factor is not what a factor can be.
 *
 * @severity mistake
 * @retry no
 */
export interface FactorInvalid extends Given {
  readonly code: 'factor_invalid';
}

/**
 * No scale has that name.
 *
 * @severity mistake
 * @retry no
 */
export interface ScaleUnknown extends Given {
  readonly code: 'scale_unknown';
}
