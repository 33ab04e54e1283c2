import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { listedFields } from './listed-fields.ts';
import type { FactorInvalid } from './refusals.ts';

/** The four parts of a score. */
export type FactorName = (typeof factorNames)[number];

/** The names of the four parts, in the order in which everything here lists them. */
export const factorNames = ['paymentHistory', 'schemeParticipation', 'kycCompletion', 'profileCompleteness'] as const;

/** One number for each part of a score, in basis points: 0n is nothing, 10000n is all. */
export type Factors = Readonly<Record<FactorName, bigint>>;

/** A whole, in basis points. */
export const WHOLE_BPS = 10_000n;

/**
 * Checks that four factors are basis points, and freezes a copy.
 *
 * @param value - Anything; basis points as bigints can be accepted, a `number` is refused for its type.
 * @param field - The name of the whole for the refusal.
 * @returns The factors, in their order.
 *
 * @errors
 * - `factor_invalid`: a factor is missing or no bigint from 0n to 10000n; names the first one.
 * @source docs/rules/chit-score.md, CS-1
 */
export function checkFactors(value: unknown, field = 'factors'): Result<Factors, FactorInvalid> {
  const read = listedFields(value, factorNames);
  if (read === undefined) {
    return err({
      code: 'factor_invalid',
      field,
      given: printGiven(value),
      allowed: `an object of ${factorNames.join(', ')}`,
    });
  }
  for (const name of factorNames) {
    const bps = read[name];
    if (typeof bps === 'bigint' && bps >= 0n && bps <= WHOLE_BPS) continue;
    const allowed = 'basis points as a bigint from 0n to 10000n, such as 9500n for 95 %';
    return err({ code: 'factor_invalid', field: `${field}.${name}`, given: printGiven(bps), allowed });
  }
  return ok(Object.freeze(read as Record<FactorName, bigint>));
}

/**
 * Makes something for each of the four parts.
 *
 * @param make - What to make for a name.
 * @returns One for each, in their order.
 */
export function eachFactor<Made>(make: (name: FactorName) => Made): Record<FactorName, Made> {
  return Object.fromEntries(factorNames.map((name) => [name, make(name)])) as Record<FactorName, Made>;
}
