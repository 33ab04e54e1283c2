import { largestRemainder } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type Day, parseDay } from './calendar.ts';
import { digestOf } from './canonical-text.ts';
import { applyCaps, type Cap } from './caps.ts';
import { kycCompletion } from './factor/kyc-completion.ts';
import { type FactorFound, paymentHistory } from './factor/payment-history.ts';
import { profileCompleteness } from './factor/profile-completeness.ts';
import { schemeParticipation } from './factor/scheme-participation.ts';
import { checkFactors, eachFactor, type FactorName, type Factors, factorNames, WHOLE_BPS } from './factors.ts';
import { type History, historyOf } from './history.ts';
import type { ScoreModel, ScoreParameters } from './model/score-model.ts';
import { dayOf, type EventsRefusal, parseScoreEvents } from './read-events.ts';
import { type Reason, reasonsOf, type Standard } from './reason.ts';
import type { DayInvalid, EventConflicts, FactorInvalid, InstalmentUnknown, ScaleUnknown } from './refusals.ts';
import { findScale, roundScore, type Scale, type ScaleId, weigh } from './scale.ts';
import type { ScoreEvent } from './score-event.ts';

/** How to score. */
export interface ScoreOptions {
  /** The day as of which is scored; what comes later is not looked at. */
  readonly asOf: Day;
  /** The model's scale unless given. */
  readonly scale?: ScaleId;
  /** What reasons count against: the maximum unless given, or the mean factors of a population. */
  readonly against?: Standard;
}

/** What speaks for somebody. */
export interface Strength {
  /** Such as `GD01`. */
  readonly code: string;
  readonly factor: FactorName;
  /** The points that the factor earned. */
  readonly points: bigint;
  readonly evidence: readonly string[];
}

/** A score with everything that explains it. */
export interface Score {
  readonly modelId: string;
  readonly version: string;
  /** The hash of the model's parameters. */
  readonly modelHash: string;
  readonly asOf: Day;
  /** SHA-256 of the events that were looked at; the events themselves are not kept. */
  readonly inputsHash: string;
  readonly scaleId: ScaleId;
  /** `INSUFFICIENT_HISTORY` where too few instalments were due: the score is then provisional. */
  readonly status: 'SCORED' | 'INSUFFICIENT_HISTORY';
  readonly provisional: boolean;
  /** In basis points. */
  readonly factors: Factors;
  /** The points that each factor earned above the scale's minimum; they sum to `before` less that minimum. */
  readonly points: Readonly<Record<FactorName, bigint>>;
  /** The score before caps. */
  readonly before: bigint;
  /** The score, in points of the scale. */
  readonly score: bigint;
  /** What the reasons count against: `maximum`, or the name of a population. */
  readonly against: string;
  /** What was lost against that; the points of the reasons sum to it. */
  readonly lost: bigint;
  readonly reasons: readonly Reason[];
  /** The factors that speak for somebody, the most points first. */
  readonly strengths: readonly Strength[];
  /** The caps that apply, the lowest first. */
  readonly overlays: readonly Cap[];
}

/** Why events cannot be scored, in order of precedence. */
export type ScoreRefusal =
  | DayInvalid
  | ScaleUnknown
  | FactorInvalid
  | EventsRefusal
  | EventConflicts
  | InstalmentUnknown;

const strengthCodes: Readonly<Record<FactorName, string>> = {
  paymentHistory: 'GD01',
  schemeParticipation: 'GD02',
  kycCompletion: 'GD03',
  profileCompleteness: 'GD04',
};

/**
 * Scores a member's events as of a day. The same events, day and model give the same bytes, in whatever order the
 * events come.
 *
 * @param model - Such as `eventModel`.
 * @param events - All events of one member; those that the model does not name are not looked at.
 * @param options - The day, and where wanted the scale and what reasons count against.
 * @returns The score, frozen.
 *
 * @errors
 * - `day_invalid`: `asOf` is no day.
 * - `scale_unknown`: no scale of that name.
 * - `factor_invalid`: `against` has no four factors in basis points.
 * - `limit_exceeded`, `event_invalid`, `event_conflicts`: as `parseScoreEvents` says; also an instalment that is made
 *   due twice, paid in another currency, or of which more was taken back than was paid.
 * - `instalment_unknown`: something happens to an instalment that no event makes due.
 * @source docs/rules/chit-score.md, CS-6, CS-7, CS-10
 */
export function score(
  model: ScoreModel,
  events: readonly ScoreEvent[],
  options: ScoreOptions,
): Result<Score, ScoreRefusal> {
  const asOf = parseDay(options.asOf, 'asOf');
  if (asOf.isErr()) return err(asOf.error);
  const scale = findScale(options.scale ?? model.params.scale);
  if (scale.isErr()) return err(scale.error);
  const standard = standardOf(options.against);
  if (standard.isErr()) return err(standard.error);
  const read = parseScoreEvents(events);
  if (read.isErr()) return err(read.error);
  const history = historyOf(read.value, asOf.value);
  if (history.isErr()) return err(history.error);
  // Nothing below refuses.
  const inputs = read.value.filter((event) => dayOf(event) <= asOf.value && isNamedBy(model.params, event));
  const settings = { asOf: asOf.value, scale: scale.value, standard: standard.value };
  return ok(scoreOf(model, history.value, { ...settings, inputsHash: digestOf(inputs) }));
}

function standardOf(against: Standard | undefined): Result<Standard, FactorInvalid> {
  if (against === undefined) return ok({ id: 'maximum', factors: eachFactor(() => WHOLE_BPS) });
  return checkFactors(against.factors, 'against.factors').map((factors) => ({ id: String(against.id), factors }));
}

/** Whether the model reads the event at all. */
function isNamedBy({ slots, profileFields }: ScoreParameters, event: ScoreEvent): boolean {
  if (event.type === 'ProfileFieldChanged') return profileFields.includes(event.field);
  return event.type !== 'DocumentChanged' || slots.some(({ kinds }) => kinds.includes(event.kind));
}

function scoreOf(
  model: ScoreModel,
  history: History,
  settings: { readonly asOf: Day; readonly scale: Scale; readonly standard: Standard; readonly inputsHash: string },
): Score {
  const { asOf, scale, standard, inputsHash } = settings;
  const { params } = model;
  const { weights } = params;
  const found: Readonly<Record<FactorName, FactorFound>> = {
    paymentHistory: paymentHistory(history, asOf, params),
    schemeParticipation: schemeParticipation(history, asOf, params),
    kycCompletion: kycCompletion(history, asOf, params),
    profileCompleteness: profileCompleteness(history, params),
  };
  const factors = Object.freeze(eachFactor((name) => found[name].bps));
  const earned = weigh(factors, weights, scale);
  const before = roundScore(earned, scale);
  const points = pointsOf(before - scale.minimum, earned);
  const { lost, reasons } = reasonsOf(factors, {
    weights,
    scale,
    standard,
    shares: eachFactor((name) => found[name].shares),
  });
  const provisional = history.instalments.length < params.leastInstalments;
  return Object.freeze({
    modelId: model.id,
    version: model.version,
    modelHash: model.hash,
    asOf,
    inputsHash,
    scaleId: scale.id,
    status: provisional ? 'INSUFFICIENT_HISTORY' : 'SCORED',
    provisional,
    factors,
    points,
    before,
    ...applyCaps(before, history, { asOf, params, scale }),
    against: standard.id,
    lost,
    reasons,
    strengths: strengthsOf(found, points, params),
  });
}

function pointsOf(total: bigint, earned: Factors): Readonly<Record<FactorName, bigint>> {
  if (total === 0n) return Object.freeze(eachFactor(() => 0n));
  const split = largestRemainder(
    total,
    factorNames.map((name) => earned[name]),
  );
  return Object.freeze(eachFactor((name) => split[factorNames.indexOf(name)] as bigint));
}

function strengthsOf(
  found: Readonly<Record<FactorName, FactorFound>>,
  points: Readonly<Record<FactorName, bigint>>,
  { strengthBps }: ScoreParameters,
): readonly Strength[] {
  const strengths = factorNames
    .filter((factor) => found[factor].bps >= strengthBps && points[factor] > 0n)
    .map((factor) =>
      Object.freeze({ code: strengthCodes[factor], factor, points: points[factor], evidence: found[factor].evidence }),
    );
  return Object.freeze(
    strengths.sort((left, right) => (left.points > right.points ? -1 : left.points < right.points ? 1 : 0)),
  );
}
