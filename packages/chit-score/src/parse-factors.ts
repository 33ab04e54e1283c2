import { parseRate, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { eachFactor, type FactorName, type Factors, factorNames, WHOLE_BPS } from './factors.ts';
import { listedFields } from './listed-fields.ts';
import type { FactorInvalid } from './refusals.ts';

/**
 * Reads factors that are written as fractions as a portal may keep them: `{ paymentHistory: '0.95', … }`.
 *
 * @param value - Anything; decimal text from `0` to `1` with at most 4 decimals can be accepted. A `number` is refused
 * for its type, and `95` because it looks like a percentage.
 * @param field - The name of the whole for the refusal.
 * @returns The factors in basis points.
 *
 * @errors
 * - `factor_invalid`: a factor is missing or no such text; names the first one.
 * @source docs/rules/chit-score.md, CS-1
 */
export function parseFactors(value: unknown, field = 'factors'): Result<Factors, FactorInvalid> {
  const read = listedFields(value, factorNames);
  if (read === undefined) {
    return err({
      code: 'factor_invalid',
      field,
      given: printGiven(value),
      allowed: `an object of ${factorNames.join(', ')}`,
    });
  }
  const points: Partial<Record<FactorName, bigint>> = {};
  for (const name of factorNames) {
    const bps = basisPointsOf(read[name]);
    if (bps === undefined) {
      const allowed = 'a fraction as decimal text from 0 to 1 with at most 4 decimals, such as 0.95 for 95 %';
      return err({ code: 'factor_invalid', field: `${field}.${name}`, given: printGiven(read[name]), allowed });
    }
    points[name] = bps;
  }
  return ok(Object.freeze(eachFactor((name) => points[name] as bigint)));
}

function basisPointsOf(text: unknown): bigint | undefined {
  const rate = parseRate(text);
  if (rate.isErr()) return undefined;
  const { num, den } = rate.value;
  const exact = num * WHOLE_BPS;
  return num <= den && exact % den === 0n ? exact / den : undefined;
}
