import { err, ok, type Result } from 'neverthrow';
import type { Day } from '../terms/terms.ts';
import { lawParameters } from './law-parameters.ts';
import type { AnyParameter, Parameter, ParameterKey } from './parameter.ts';
import type { ParameterUnknown } from './refusals.ts';

/** Where the law is asked. */
export interface LawOptions {
  /** Two letters, such as `AP`; a row of the State goes before one of all States. */
  readonly state?: string | undefined;
  /** Another table, such as the one that is shipped with rows of a State's rules. The later row of two goes first. */
  readonly table?: readonly AnyParameter[];
}

/**
 * Gives a parameter of the law as it stands on a day.
 *
 * @param key - Its name.
 * @param day - The day.
 * @param options - The State and the table; all States and the one that is shipped unless given.
 * @returns The row, with its value, where it is written and whether that was read.
 *
 * @errors
 * - `parameter_unknown`: no row holds on that day.
 * @source docs/rules/chit-fund.md, CF-14
 */
export function parameterAt<Key extends ParameterKey>(
  key: Key,
  day: Day,
  { state, table = lawParameters }: LawOptions = {},
): Result<Parameter<Key>, ParameterUnknown> {
  const rows = table.filter((row): row is Parameter<Key> & AnyParameter => row.key === key && holdsOn(row, day));
  const own = state === undefined ? undefined : rows.findLast((row) => row.state === state);
  const found = own ?? rows.findLast((row) => row.state === undefined);
  return found === undefined ? err({ code: 'parameter_unknown', key, day }) : ok(found);
}

function holdsOn({ from, to }: AnyParameter, day: Day): boolean {
  return from <= day && (to === undefined || day <= to);
}
