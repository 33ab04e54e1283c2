import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { digestOf } from '../canonical-text.ts';
import type { ScoreModelInvalid } from '../refusals.ts';
import { modelProblems } from './model-problems.ts';
import type { ScoreModel, ScoreParameters } from './score-model.ts';

/**
 * Makes a model of its parameters and checks that the laws hold under it.
 *
 * @param id - Names the family, such as `chit-history`.
 * @param version - Names these parameters for ever.
 * @param rest - The first day on which it is in force, and the parameters; `eventModel.params` is a good start.
 * @returns The model, frozen through and through, with its hash.
 *
 * @errors
 * - `config_invalid`: parameters that cannot be, or under which a law would not hold; carries every problem.
 * @source docs/rules/chit-score.md, CS-7
 */
export function defineScoreModel(
  id: string,
  version: string,
  rest: { readonly effectiveFrom: string; readonly params: ScoreParameters },
): Result<ScoreModel, ScoreModelInvalid> {
  const { effectiveFrom, params } = rest;
  const [first, ...others] = problemsOf({ id, version, effectiveFrom, params });
  if (first !== undefined) {
    const problems = [first, ...others].map(({ field, sentence }) => `${field}: ${sentence}.`);
    const given = printGiven(first.given);
    return err({ code: 'config_invalid', field: first.field, given, allowed: first.sentence, problems });
  }
  const parts = { id, version, effectiveFrom, params: frozen(params) };
  return ok(Object.freeze({ ...parts, hash: digestOf(parts) }));
}

function problemsOf(parts: Omit<ScoreModel, 'hash'>): ReturnType<typeof modelProblems> {
  try {
    return modelProblems(parts);
  } catch {
    // Not of the type at all: a part of it could not even be read.
    return [{ field: 'params', given: parts.params, sentence: 'parameters of the type, each part of them' }];
  }
}

/** Copies plain data and freezes every part of it. */
function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  const copy: unknown = Array.isArray(data)
    ? data.map(frozen)
    : Object.fromEntries(Object.entries(data).map(([name, part]) => [name, frozen(part)]));
  return Object.freeze(copy) as Data;
}
