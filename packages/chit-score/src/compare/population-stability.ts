import { divideRounded, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { WHOLE_BPS } from '../factors.ts';
import type { PopulationInvalid } from '../refusals.ts';
import { LOG_ONE, naturalLog } from './natural-log.ts';

/** How far a population has moved between bands. */
export interface Stability {
  /** The population stability index in ten-thousandths: 1000n is 0.1, above which a shift is worth a look. */
  readonly psiBps: bigint;
  /** The bands that were empty on one side and counted as half a person there, by their places from 0. */
  readonly smoothed: readonly number[];
}

/**
 * Computes the population stability index, `Σ (a − e) × ln(a / e)` over the shares of each band, in whole numbers. A
 * band that is empty on one side counts as half a person there; one that is empty on both is left out.
 *
 * @param expected - How many people were in each band.
 * @param actual - How many are now, in the same bands.
 * @returns The index, rounded once; 0n where nothing moved.
 *
 * @errors
 * - `population_invalid`: other bands on each side, no count, or nobody on one side.
 * @source docs/rules/chit-score.md, CS-12
 */
export function populationStability(
  expected: readonly number[],
  actual: readonly number[],
): Result<Stability, PopulationInvalid> {
  const problem = countsProblem(expected, 'expected') ?? countsProblem(actual, 'actual');
  if (problem !== undefined) return err(problem);
  if (expected.length !== actual.length) {
    return err(invalid('actual', `${actual.length} bands`, `${expected.length} bands, as expected has`));
  }
  const smoothed: number[] = [];
  const pairs = expected.flatMap((was, band): readonly (readonly [bigint, bigint])[] => {
    const is = actual[band] as number;
    if (was === 0 && is === 0) return [];
    if (was === 0 || is === 0) smoothed.push(band);
    // In halves of a person.
    return [[was === 0 ? 1n : 2n * BigInt(was), is === 0 ? 1n : 2n * BigInt(is)]];
  });
  const before = pairs.reduce((sum, [was]) => sum + was, 0n);
  const after = pairs.reduce((sum, [, is]) => sum + is, 0n);
  let index = 0n;
  for (const [was, is] of pairs) index += (is * before - was * after) * naturalLog(is * before, was * after);
  const psiBps = divideRounded(index * WHOLE_BPS, before * after * LOG_ONE, 'halfUp');
  return ok({ psiBps, smoothed });
}

function countsProblem(counts: readonly number[], field: string): PopulationInvalid | undefined {
  if (!Array.isArray(counts)) return invalid(field, counts, 'a list of counts');
  const wrong = counts.findIndex((count) => !Number.isSafeInteger(count) || count < 0);
  if (wrong >= 0) return invalid(`${field}.${wrong}`, counts[wrong], 'a count of people');
  return counts.some((count) => count > 0) ? undefined : invalid(field, counts, 'at least one person');
}

function invalid(field: string, given: unknown, allowed: string): PopulationInvalid {
  return { code: 'population_invalid', field, given: printGiven(given), allowed };
}
