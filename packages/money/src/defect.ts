/** What a thrown defect of this package is called, so that a log can be searched for it. */
export type DefectCode =
  | 'amount_type'
  | 'amount_format'
  | 'amount_range'
  | 'config_invalid'
  | 'conversion_invalid'
  | 'currency_mismatch'
  | 'parts_invalid'
  | 'ratio_invalid';

/**
 * Makes the error of a bug: the caller broke what the types or the docs ask for.
 *
 * @param code - Stands on the error as `code`.
 * @param message - One sentence.
 * @returns A `TypeError`, or a `RangeError` where a bound was passed.
 */
export function defect(code: DefectCode, message: string): Error {
  const error = code === 'amount_range' ? new RangeError(message) : new TypeError(message);
  return Object.assign(error, { code });
}
