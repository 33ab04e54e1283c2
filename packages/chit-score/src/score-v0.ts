import type { Result } from 'neverthrow';
import { checkFactors, eachFactor, type FactorName, type Factors, WHOLE_BPS } from './factors.ts';
import { type LostShare, type Reason, reasonsOf } from './reason.ts';
import type { FactorInvalid, ScaleUnknown } from './refusals.ts';
import { findScale, roundScore, type ScaleId, weigh } from './scale.ts';

/**
 * The weights of the chit portal's score, in basis points: 40, 30, 20 and 10 %.
 *
 * @source docs/rules/chit-score.md, CS-2
 */
export const seedWeights: Factors = Object.freeze({
  paymentHistory: 4_000n,
  schemeParticipation: 3_000n,
  kycCompletion: 2_000n,
  profileCompleteness: 1_000n,
});

/** A score of four given factors. */
export interface SeedScore {
  readonly modelId: 'seed';
  readonly version: '0';
  /** The scale of the score. */
  readonly scaleId: ScaleId;
  /** The factors, in basis points. */
  readonly factors: Factors;
  /** The score in points of the scale, rounded once. */
  readonly score: bigint;
  /** The score less the scale's minimum before it was rounded, in hundred-millionths of a point. */
  readonly unrounded: bigint;
  /** Why it is not the maximum: one reason for each factor below 10000n. Their points and the score sum to the maximum. */
  readonly reasons: readonly Reason[];
}

const codes: Readonly<Record<FactorName, string>> = {
  paymentHistory: 'PH00',
  schemeParticipation: 'SP00',
  kycCompletion: 'KY00',
  profileCompleteness: 'PR00',
};
const best: Factors = Object.freeze(eachFactor(() => WHOLE_BPS));

/**
 * Scores four factors with the chit portal's formula, exactly.
 *
 * @param factors - In basis points: 9500n is 95 %. For fractions as text see `parseFactors`.
 * @param scale - `seed0to900` unless given.
 * @returns The score, in whole points.
 *
 * @errors
 * - `factor_invalid`: a factor is no bigint from 0n to 10000n; a `number` never is.
 * - `scale_unknown`: no scale of that name.
 * @source docs/rules/chit-score.md, CS-2, CS-3
 */
export function scoreV0(
  factors: Factors,
  scale: ScaleId = 'seed0to900',
): Result<SeedScore, FactorInvalid | ScaleUnknown> {
  return checkFactors(factors).andThen((checked) => findScale(scale).map((found) => seedScore(checked, found)));
}

function seedScore(factors: Factors, scale: Parameters<typeof weigh>[2]): SeedScore {
  const earned = weigh(factors, seedWeights, scale);
  const shares = eachFactor((name): readonly LostShare[] => [
    { code: codes[name], weight: 1n, evidence: [], help: { action: 'raise_factor', about: [name] } },
  ]);
  const standard = { id: 'maximum', factors: best };
  const { reasons } = reasonsOf(factors, { weights: seedWeights, scale, standard, shares });
  return Object.freeze({
    modelId: 'seed',
    version: '0',
    scaleId: scale.id,
    factors,
    score: roundScore(earned, scale),
    unrounded: Object.values(earned).reduce((sum, part) => sum + part, 0n),
    reasons,
  });
}
