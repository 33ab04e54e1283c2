import { createHash } from 'node:crypto';

/**
 * Writes a value as JSON in one form only: names in order, bigints as their digits, what is `undefined` left out.
 *
 * @param value - Plain data: text, bigints, counts, lists, objects, and what has a `toJSON`.
 * @returns The same text for the same data.
 * @source docs/rules/chit-score.md, CS-7
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalText(value.toJSON());
  const fields = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, part]) => `${JSON.stringify(name)}:${canonicalText(part)}`);
  return `{${fields.join()}}`;
}

/**
 * Gives the digest of a value's one form.
 *
 * @param value - Plain data.
 * @returns SHA-256 of its canonical text, in lower-case hexadecimal.
 * @source docs/rules/chit-score.md, CS-7
 */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}
