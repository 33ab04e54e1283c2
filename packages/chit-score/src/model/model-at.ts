import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { parseDay } from '../calendar.ts';
import type { DayInvalid, ModelUnknown } from '../refusals.ts';
import type { ScoreModel } from './score-model.ts';

/**
 * Finds the version of a model that is in force on a day: the latest one that began by then.
 *
 * @param models - The versions of one model or of several.
 * @param id - Which model.
 * @param day - The day as of which is scored.
 * @returns The version; of two that begin on one day the later one in the list.
 *
 * @errors
 * - `day_invalid`: `day` is no day.
 * - `model_unknown`: no version of that model is in force on that day yet.
 * @source docs/rules/chit-score.md, CS-7
 */
export function modelAt(
  models: readonly ScoreModel[],
  id: string,
  day: string,
): Result<ScoreModel, DayInvalid | ModelUnknown> {
  const asOf = parseDay(day, 'day');
  if (asOf.isErr()) return err(asOf.error);
  let found: ScoreModel | undefined;
  for (const model of models) {
    if (model.id !== id || model.effectiveFrom > asOf.value) continue;
    if (found === undefined || model.effectiveFrom >= found.effectiveFrom) found = model;
  }
  if (found !== undefined) return ok(found);
  const versions = models
    .filter((model) => model.id === id)
    .map((model) => `${model.version} from ${model.effectiveFrom}`);
  const allowed = versions.length === 0 ? 'a model that is in the list' : versions.join(', ').slice(0, 200);
  return err({ code: 'model_unknown', field: 'id', given: printGiven(`${id} on ${asOf.value}`), allowed });
}
