import { divideRounded, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { eachFactor, type FactorName, type Factors, factorNames, WHOLE_BPS } from './factors.ts';
import type { ScaleUnknown } from './refusals.ts';

/** The name of a scale: the numbers between which a score lies. */
export type ScaleId = keyof typeof scales;

/** The numbers between which a score lies. */
export interface Scale {
  /** Its name. */
  readonly id: ScaleId;
  /** The score of nothing. */
  readonly minimum: bigint;
  /** The score of everything. */
  readonly maximum: bigint;
}

/**
 * The two scales: the chit portal's 0 to 900, and the 300 to 900 of credit bureaus.
 *
 * @source docs/rules/chit-score.md, CS-3
 */
export const scales = Object.freeze({
  seed0to900: Object.freeze({ id: 'seed0to900', minimum: 0n, maximum: 900n }),
  bureau300to900: Object.freeze({ id: 'bureau300to900', minimum: 300n, maximum: 900n }),
} as const);

/** How many parts of a point an exact score counts: weights and factors are both basis points. */
export const PARTS_OF_POINT = WHOLE_BPS * WHOLE_BPS;

/**
 * Finds a scale by its name.
 *
 * @param id - Anything.
 * @returns The scale.
 *
 * @errors
 * - `scale_unknown`: no scale of that name.
 * @source docs/rules/chit-score.md, CS-3
 */
export function findScale(id: unknown): Result<Scale, ScaleUnknown> {
  if (typeof id === 'string' && Object.hasOwn(scales, id)) return ok(scales[id as ScaleId]);
  const allowed = `one of ${Object.keys(scales).join(', ')}`;
  return err({ code: 'scale_unknown', field: 'scale', given: printGiven(id), allowed });
}

/**
 * Weighs four factors on a scale, exactly.
 *
 * @param factors - In basis points.
 * @param weights - In basis points; they sum to 10000n.
 * @param scale - The scale.
 * @returns What each factor earns above the scale's minimum, in hundred-millionths of a point.
 * @source docs/rules/chit-score.md, CS-2
 */
export function weigh(factors: Factors, weights: Factors, scale: Scale): Record<FactorName, bigint> {
  const span = scale.maximum - scale.minimum;
  return eachFactor((name) => weights[name] * factors[name] * span);
}

/**
 * Rounds an exact score once, a half up.
 *
 * @param earned - What each factor earns, in hundred-millionths of a point.
 * @param scale - The scale.
 * @returns The score in points.
 * @source docs/rules/chit-score.md, CS-2
 */
export function roundScore(earned: Factors, scale: Scale): bigint {
  let exact = 0n;
  for (const name of factorNames) exact += earned[name];
  return scale.minimum + divideRounded(exact, PARTS_OF_POINT, 'halfUp');
}
