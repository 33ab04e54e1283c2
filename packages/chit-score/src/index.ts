export { type Day, parseDay } from './calendar.ts';
export type { Cap } from './caps.ts';
export { adverseImpact, type GroupImpact } from './compare/adverse-impact.ts';
export {
  type Comparison,
  type ComparisonOptions,
  type ComparisonRefusal,
  compareModels,
  type Member,
  MOST_MEMBERS,
} from './compare/compare-models.ts';
export { populationStability, type Stability } from './compare/population-stability.ts';
export { type Explanation, explainScore } from './explain-score.ts';
export { type FactorName, type Factors, factorNames } from './factors.ts';
export { defineScoreModel } from './model/define-score-model.ts';
export { eventModel } from './model/event-model.ts';
export { modelAt } from './model/model-at.ts';
export { parseScoreModel, scoreModelToText } from './model/model-text.ts';
export type { CapRule, KycSlot, ScoreModel, ScoreParameters, SeverityStep } from './model/score-model.ts';
export { type NextAction, nextActions } from './next-actions.ts';
export { parseFactors } from './parse-factors.ts';
export { type EventsRefusal, MOST_EVENTS, parseScoreEvents } from './read-events.ts';
export type { Help, Reason, Standard } from './reason.ts';
export type {
  DayInvalid,
  EventConflicts,
  EventInvalid,
  FactorInvalid,
  InstalmentUnknown,
  ModelMismatch,
  ModelUnknown,
  PopulationInvalid,
  ScaleUnknown,
  ScoreDiffers,
  ScoreModelInvalid,
  SequenceExhausted,
  TooMany,
  UcfsinInvalid,
} from './refusals.ts';
export { replayScore } from './replay-score.ts';
export { type Scale, type ScaleId, scales } from './scale.ts';
export { type Score, type ScoreOptions, type ScoreRefusal, type Strength, score } from './score.ts';
export type {
  DocumentChanged,
  InstalmentDue,
  InstalmentPaid,
  InstalmentSuperseded,
  InstalmentWrittenOff,
  PaymentReversed,
  ProfileFieldChanged,
  SchemeChanged,
  ScoreEvent,
  TicketChanged,
} from './score-event.ts';
export { scoreToText } from './score-text.ts';
export { type SeedScore, scoreV0, seedWeights } from './score-v0.ts';
export { formatUcfsin, type UcfsinParts } from './ucfsin/format-ucfsin.ts';
export { nextUcfsin, type UcfsinSequence } from './ucfsin/next-ucfsin.ts';
export { parseUcfsin, type Ucfsin } from './ucfsin/parse-ucfsin.ts';
export { type WhatIf, whatIf } from './what-if.ts';
