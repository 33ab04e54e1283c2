import { err, ok, type Result } from 'neverthrow';
import type { SecretInvalid } from './refusals.ts';

/**
 * Reads lower-case hex of whole bytes, without ever repeating it in a refusal.
 *
 * @param value - Anything.
 * @param field - The name of the field for the refusal.
 * @param length - How many characters.
 */
export function readHex(
  value: unknown,
  field: string,
  length: { readonly least: number; readonly most: number },
): Result<string, SecretInvalid> {
  if (typeof value === 'string' && value.length >= length.least && value.length <= length.most) {
    if (value.length % 2 === 0 && /^[0-9a-f]+$/.test(value)) return ok(value);
  }
  const count = length.least === length.most ? `${length.least}` : `${length.least} to ${length.most}`;
  const given = typeof value === 'string' ? `a text of ${value.length} characters` : `a ${typeof value}`;
  return err({ code: 'secret_invalid', field, given, allowed: `${count} lower-case hex characters` });
}
