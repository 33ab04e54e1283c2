/**
 * Terms that contradict themselves or leave out what their method needs, or that are not terms at all.
 *
 * @severity mistake
 * @retry no
 */
export interface TermsInvalid {
  readonly code: 'config_invalid';
  /** Where the first problem is, such as `discount.step`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
  /** Every problem that was found, each a sentence. */
  readonly problems: readonly string[];
}
