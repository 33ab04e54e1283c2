import { parseDay } from '../calendar.ts';
import { factorNames, WHOLE_BPS } from '../factors.ts';
import { findScale } from '../scale.ts';
import type { ScoreModel, ScoreParameters } from './score-model.ts';

/** Why parameters cannot be. */
export interface ModelProblem {
  readonly field: string;
  readonly given: unknown;
  /** What would have been accepted. */
  readonly sentence: string;
}

const NAME = /^[\x21-\x7e]{1,64}$/;

/**
 * Lists everything that is wrong with a model.
 *
 * @param model - Its parts.
 * @returns The problems; none for a model under which the laws hold.
 * @source docs/rules/chit-score.md, CS-7
 */
export function modelProblems(model: Omit<ScoreModel, 'hash'>): readonly ModelProblem[] {
  const { params } = model;
  return [...headProblems(model), ...weightProblems(params), ...paymentProblems(params), ...restProblems(params)].map(
    ([field, given, sentence]) => ({ field, given, sentence }),
  );
}

type Row = readonly [field: string, given: unknown, sentence: string];

function* headProblems({ id, version, effectiveFrom, params }: Omit<ScoreModel, 'hash'>): Generator<Row> {
  if (!isName(id)) yield ['id', id, '1 to 64 visible ASCII characters'];
  if (!isName(version)) yield ['version', version, '1 to 64 visible ASCII characters'];
  const day = parseDay(effectiveFrom, 'effectiveFrom');
  if (day.isErr()) yield ['effectiveFrom', effectiveFrom, day.error.allowed];
  const scale = findScale(params.scale);
  if (scale.isErr()) yield ['params.scale', params.scale, scale.error.allowed];
}

function* weightProblems({ weights, slots, tenure, completedBps, profileFields }: ScoreParameters): Generator<Row> {
  const four = factorNames.map((name) => weights[name]);
  if (!four.every(isBps) || sum(four) !== WHOLE_BPS) {
    yield ['params.weights', weights, 'four weights in basis points that sum to 10000n'];
  }
  if (!isBps(tenure.bps) || !isBps(completedBps) || tenure.bps + completedBps !== WHOLE_BPS) {
    yield ['params.tenure.bps', tenure.bps, 'basis points that sum to 10000n with completedBps'];
  }
  if (!isCount(tenure.months) || tenure.months < 1)
    yield ['params.tenure.months', tenure.months, 'a count of 1 or more'];
  if (!slots.every(({ bps }) => isBps(bps)) || sum(slots.map(({ bps }) => bps)) !== WHOLE_BPS) {
    yield ['params.slots', slots, 'slots of documents in basis points that sum to 10000n'];
  }
  const kinds = slots.flatMap((slot) => slot.kinds);
  if (!kinds.every(isName) || new Set(kinds).size !== kinds.length) {
    yield ['params.slots', slots, 'kinds of documents that are named once'];
  }
  if (profileFields.length === 0 || profileFields.length > 99 || new Set(profileFields).size !== profileFields.length) {
    yield ['params.profileFields', profileFields, '1 to 99 fields, each once'];
  }
}

function* paymentProblems(params: ScoreParameters): Generator<Row> {
  const { graceDays, severities, recency, prizedExposure, shortRecord, recentMonths } = params;
  if (!isCount(graceDays)) yield ['params.graceDays', graceDays, 'a count of days'];
  if (!isCount(recentMonths)) yield ['params.recentMonths', recentMonths, 'a count of months'];
  const [first] = severities;
  if (first?.upToDays !== 0 || first.bps !== WHOLE_BPS) {
    yield ['params.severities', first, 'a first step of 0 days that is worth 10000n'];
  }
  const falling = severities.every(({ upToDays, bps }, index) => {
    const before = severities[index - 1];
    return isCount(upToDays) && isBps(bps) && (!before || (upToDays > before.upToDays && bps <= before.bps));
  });
  if (!falling) yield ['params.severities', severities, 'steps of more and more days, none worth more than the last'];
  const { num, den } = recency;
  if (!isPart(num, den) || num === 0n || den > 1_000n) {
    yield ['params.recency', recency, 'a fraction of more than 0 and at most 1, its denominator at most 1000n'];
  }
  if (typeof prizedExposure !== 'bigint' || prizedExposure < 1n || prizedExposure > 100n) {
    yield ['params.prizedExposure', prizedExposure, 'from 1n to 100n'];
  }
  if (!isBps(shortRecord.base)) yield ['params.shortRecord.base', shortRecord.base, 'basis points'];
  if (!isBps(shortRecord.perOnTime)) yield ['params.shortRecord.perOnTime', shortRecord.perOnTime, 'basis points'];
}

function* restProblems({ caps, leastInstalments, strengthBps }: ScoreParameters): Generator<Row> {
  for (const [index, { code, when, overDays, part, of }] of caps.entries()) {
    const field = `params.caps.${index}`;
    if (!isName(code)) yield [`${field}.code`, code, '1 to 64 visible ASCII characters'];
    if (when !== 'prized_arrears' && when !== 'accelerated_or_written_off') {
      yield [`${field}.when`, when, 'prized_arrears or accelerated_or_written_off'];
    }
    if (!isCount(overDays)) yield [`${field}.overDays`, overDays, 'a count of days'];
    if (!isPart(part, of)) yield [`${field}.part`, part, 'a part from 0n to the whole that `of` names'];
  }
  if (!isCount(leastInstalments)) yield ['params.leastInstalments', leastInstalments, 'a count'];
  if (!isBps(strengthBps)) yield ['params.strengthBps', strengthBps, 'basis points'];
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && NAME.test(value);
}

function isBps(value: unknown): value is bigint {
  return typeof value === 'bigint' && value >= 0n && value <= WHOLE_BPS;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100_000;
}

function isPart(part: unknown, whole: unknown): boolean {
  return typeof part === 'bigint' && typeof whole === 'bigint' && part >= 0n && whole > 0n && part <= whole;
}

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n);
}
