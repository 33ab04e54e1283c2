/** What a refusal about given data tells of it. */
interface Given {
  /** Where the problem is, such as `flow` or `saving`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

/**
 * A cash flow of which no return can be told.
 *
 * @severity mistake
 * @retry no
 */
export interface CashFlowInvalid extends Given {
  readonly code: 'cash_flow_invalid';
}

/**
 * A rate, or a precision of rates, that cannot be.
 *
 * @severity mistake
 * @retry no
 */
export interface ReturnRateInvalid extends Given {
  readonly code: 'rate_invalid';
}
