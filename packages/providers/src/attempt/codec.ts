import { canonical, Defect, type Json, readCanonical } from '@holdfast/kernel';
import type { Attempt } from './attempt.ts';

/**
 * Writes an attempt as plain JSON with the version of its form; amounts become `{ amount, currency }`.
 *
 * @source docs/rules/providers.md, PR-1
 */
export function encodeAttempt(attempt: Attempt): Json {
  const text = canonical({ ...attempt, version: VERSION });
  if (typeof text !== 'string') throw new Defect(`An attempt is not plain data: ${text.field} is ${text.given}.`);
  return JSON.parse(text) as Json;
}

/** Reads an attempt that was written, by this version or an older one. */
export function decodeAttempt(json: Json): Attempt {
  const text = canonical(json);
  if (typeof text !== 'string') throw new Defect(`A stored attempt is not plain data: ${text.field}.`);
  const { version, ...attempt } = readCanonical(text) as Attempt & { readonly version: number };
  if (version !== VERSION) throw new Defect(`There is no form ${version} of an attempt.`);
  return attempt;
}

const VERSION = 1;
