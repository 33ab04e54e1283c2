import { seedWeights } from '../score-v0.ts';
import { defineScoreModel } from './define-score-model.ts';
import type { ScoreModel, ScoreParameters } from './score-model.ts';

const params: ScoreParameters = {
  scale: 'seed0to900',
  weights: seedWeights,
  graceDays: 0,
  severities: [
    { upToDays: 0, bps: 10_000n },
    { upToDays: 7, bps: 9_000n },
    { upToDays: 15, bps: 7_500n },
    { upToDays: 30, bps: 5_000n },
    { upToDays: 60, bps: 2_500n },
    { upToDays: 90, bps: 1_000n },
  ],
  recency: { num: 17n, den: 18n },
  prizedExposure: 2n,
  shortRecord: { base: 4_000n, perOnTime: 500n },
  recentMonths: 6,
  tenure: { months: 36, bps: 5_000n },
  completedBps: 5_000n,
  slots: [
    { name: 'identity', code: 'KY01', kinds: ['AADHAR', 'DRIVING_LICENSE'], bps: 5_000n },
    { name: 'tax', code: 'KY02', kinds: ['PAN'], bps: 5_000n },
  ],
  profileFields: ['name', 'dateOfBirth', 'phone', 'email', 'address', 'bankAccount', 'nominee'],
  caps: [
    { code: 'OV01', when: 'prized_arrears', overDays: 30, part: 550n, of: 900n },
    { code: 'OV02', when: 'accelerated_or_written_off', overDays: 0, part: 350n, of: 900n },
  ],
  leastInstalments: 3,
  strengthBps: 7_500n,
};

/**
 * The model that scores from raw events: what was due, paid, won, completed and verified.
 *
 * @source docs/rules/chit-score.md, CS-6, CS-7
 */
export const eventModel: ScoreModel = builtIn();

function builtIn(): ScoreModel {
  const defined = defineScoreModel('chit-history', '1', { effectiveFrom: '2026-01-01', params });
  if (defined.isErr()) throw new TypeError(defined.error.problems.join(' '));
  return defined.value;
}
