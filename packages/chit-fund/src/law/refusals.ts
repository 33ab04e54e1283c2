/**
 * The table of the law says nothing about a parameter on a day.
 *
 * @severity mistake
 * @retry no
 */
export interface ParameterUnknown {
  readonly code: 'parameter_unknown';
  /** The name of the parameter. */
  readonly key: string;
  /** The day for which it was asked. */
  readonly day: string;
}
