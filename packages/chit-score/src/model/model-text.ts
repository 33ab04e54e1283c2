import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { canonicalText } from '../canonical-text.ts';
import { listedFields } from '../listed-fields.ts';
import type { ScoreModelInvalid } from '../refusals.ts';
import { defineScoreModel } from './define-score-model.ts';
import type { ScoreModel, ScoreParameters } from './score-model.ts';

/**
 * Writes a model as JSON in one form only, for keeping beside the scores that name it: what is a bigint becomes a string of digits.
 *
 * @param model - The model.
 * @returns The same text for the same model.
 * @source docs/rules/chit-score.md, CS-7
 */
export function scoreModelToText(model: ScoreModel): string {
  return canonicalText(model);
}

/**
 * Reads a model that was written, and checks it as {@link defineScoreModel} does: its parameters, and that they still make its hash.
 *
 * @param text - As `scoreModelToText` wrote it.
 * @returns The model, frozen through and through.
 *
 * @errors
 * - `config_invalid`: no JSON, parameters that cannot be, or a hash of others.
 * @source docs/rules/chit-score.md, CS-7
 */
export function parseScoreModel(text: string): Result<ScoreModel, ScoreModelInvalid> {
  const read = listedFields(jsonOf(text), ['id', 'version', 'effectiveFrom', 'params', 'hash']);
  if (read === undefined) return err(invalid('model', text, 'a model as JSON'));
  const { id, version, effectiveFrom, params, hash } = read;
  const parts = { effectiveFrom: effectiveFrom as string, params: withBigints(params) as ScoreParameters };
  return defineScoreModel(id as string, version as string, parts).andThen((model) =>
    hash === model.hash ? ok(model) : err(invalid('hash', hash, `${model.hash}, the hash of these parameters`)),
  );
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' && text.length <= MOST_CHARACTERS ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Turns strings of digits back into bigints where a parameter is one; all others stay for the check to refuse. */
function withBigints(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return WHOLE.has(name) && DIGITS.test(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((part) => withBigints(part, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withBigints(part, key)]));
}

function invalid(field: string, given: unknown, allowed: string): ScoreModelInvalid {
  return { code: 'config_invalid', field, given: printGiven(given), allowed, problems: [`${field}: ${allowed}.`] };
}

const MOST_CHARACTERS = 100_000;
const DIGITS = /^\d{1,9}$/;
const WHOLE: ReadonlySet<string> = new Set([
  'paymentHistory',
  'schemeParticipation',
  'kycCompletion',
  'profileCompleteness',
  'bps',
  'num',
  'den',
  'prizedExposure',
  'base',
  'perOnTime',
  'completedBps',
  'part',
  'of',
  'strengthBps',
]);
