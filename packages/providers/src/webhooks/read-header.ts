import { err, ok, type Result } from 'neverthrow';
import type { SignatureInvalid } from './refusals.ts';

/** The headers of a request, as Node or a framework gives them. */
export interface Headers {
  readonly [name: string]: string | readonly string[] | undefined;
}

/**
 * Reads one header of a delivery. It has to be there once, as a text of 1 to 4,096 printable ASCII characters; its name is compared without regard to case.
 *
 * @errors
 * - `signature_invalid`: `missing`, `several` (a list, or two names that differ only in case) or `malformed`.
 *
 * @source docs/rules/providers.md, W-3
 */
export function readHeader(headers: Headers, name: string): Result<string, SignatureInvalid> {
  const refused = (reason: SignatureInvalid['reason']) =>
    err({ code: 'signature_invalid', header: name, reason } as const);
  const given = Object.keys(headers ?? {}).filter((key) => key.toLowerCase() === name);
  if (given.length > 1) return refused('several');
  const value: unknown = headers?.[given[0] ?? ''];
  if (given.length === 0 || value === undefined || value === '') return refused('missing');
  if (typeof value !== 'string') return refused(Array.isArray(value) ? 'several' : 'malformed');
  return PRINTABLE.test(value) && value.length <= MOST_CHARACTERS ? ok(value) : refused('malformed');
}

const PRINTABLE = /^[ -~]+$/;
const MOST_CHARACTERS = 4_096;
