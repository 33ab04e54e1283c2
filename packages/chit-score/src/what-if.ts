import { ok, type Result } from 'neverthrow';
import type { ScoreModel } from './model/score-model.ts';
import { type Score, type ScoreOptions, type ScoreRefusal, score } from './score.ts';
import type { ScoreEvent } from './score-event.ts';

/** What a score is and what it would be. */
export interface WhatIf {
  readonly before: Score;
  readonly after: Score;
  /** The points between them; below zero for a loss. */
  readonly gain: bigint;
}

/**
 * Scores a member with and without some events that might happen. Nothing is kept.
 *
 * @param model - The model.
 * @param events - What happened.
 * @param supposed - What might, with ids of their own; for something of a later day score as of that day.
 * @param options - As `score` takes them, for both sides.
 * @returns Both scores and the points between them.
 *
 * @errors
 * - those of `score`; a field `events.N` counts the supposed ones after the others.
 * @source docs/rules/chit-score.md, CS-11
 */
export function whatIf(
  model: ScoreModel,
  events: readonly ScoreEvent[],
  supposed: readonly ScoreEvent[],
  options: ScoreOptions,
): Result<WhatIf, ScoreRefusal> {
  return score(model, events, options).andThen((before) =>
    score(model, [...events, ...supposed], options).andThen((after) =>
      ok({ before, after, gain: after.score - before.score }),
    ),
  );
}
