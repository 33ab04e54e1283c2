import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { canonicalText } from './canonical-text.ts';
import type { ScoreModel } from './model/score-model.ts';
import type { ModelMismatch, ScoreDiffers } from './refusals.ts';
import { type Score, type ScoreOptions, type ScoreRefusal, score } from './score.ts';
import type { ScoreEvent } from './score-event.ts';

/**
 * Checks that a kept score is what its model says for its events: the auditor's question, years later.
 *
 * @param kept - The score.
 * @param model - The model that it names.
 * @param events - The events; later ones may have come since. For a score against a population give `against` too.
 * @param against - What its reasons count against, where that is not the maximum.
 * @returns The same score.
 *
 * @errors
 * - `model_mismatch`: the score names another model.
 * - those of `score`.
 * - `score_differs`: the first part that is not what the model says.
 * @source docs/rules/chit-score.md, CS-7
 */
export function replayScore(
  kept: Score,
  model: ScoreModel,
  events: readonly ScoreEvent[],
  against?: ScoreOptions['against'],
): Result<Score, ModelMismatch | ScoreRefusal | ScoreDiffers> {
  const named = [kept.modelId, kept.version, kept.modelHash].join(' ');
  const given = [model.id, model.version, model.hash].join(' ');
  if (named !== given) return err({ code: 'model_mismatch', kept: named, model: given });
  const options = { asOf: kept.asOf, scale: kept.scaleId, ...(against && { against }) };
  const replayed = score(model, events, options);
  if (replayed.isErr()) return err(replayed.error);
  for (const part of Object.keys(replayed.value) as (keyof Score)[]) {
    const [was, is] = [canonicalText(kept[part]), canonicalText(replayed.value[part])];
    if (was !== is) return err({ code: 'score_differs', part, kept: printGiven(was), replayed: printGiven(is) });
  }
  return ok(kept);
}
