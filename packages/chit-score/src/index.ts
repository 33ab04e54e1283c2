export { type Day, parseDay } from './calendar.ts';
export type { Cap } from './caps.ts';
export { defineScoreModel } from './define-score-model.ts';
export { eventModel } from './event-model.ts';
export { type Explanation, explainScore } from './explain-score.ts';
export { type FactorName, type Factors, factorNames } from './factors.ts';
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
  ScaleUnknown,
  ScoreDiffers,
  ScoreModelInvalid,
  TooMany,
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
  ProfileFieldChanged,
  SchemeChanged,
  ScoreEvent,
  TicketChanged,
} from './score-event.ts';
export type { CapRule, KycSlot, ScoreModel, ScoreParameters, SeverityStep } from './score-model.ts';
export { scoreToText } from './score-text.ts';
export { type SeedScore, scoreV0, seedWeights } from './score-v0.ts';
export { type WhatIf, whatIf } from './what-if.ts';
