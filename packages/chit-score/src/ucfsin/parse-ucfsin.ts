import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { UcfsinInvalid } from '../refusals.ts';
import { formatUcfsin, type UcfsinParts } from './format-ucfsin.ts';

/** A UCFSIN that was read. */
export type Ucfsin =
  | (UcfsinParts & { readonly form: 'plain' | 'checked'; readonly text: string })
  /** The older form of four parts. It was made of a PAN and an Aadhaar number, so its parts are not given out. */
  | { readonly form: 'legacy'; readonly text: string; readonly state: string };

const FORM = /^UCFSIN-(\d{4})-(\d{6})(-[0-9A-Z])?$/;
const LEGACY = /^([A-Z]{2})-[A-Z0-9]{3}-[A-Z0-9]{3}-\d{3}$/;

/**
 * Reads a UCFSIN exactly, without trimming or folding case: plain, with a check character, or of the older form.
 *
 * @param value - Anything.
 * @param field - The name of the field for the refusal.
 * @returns Its parts. No function here makes the older form: it gives away identity data.
 *
 * @errors
 * - `ucfsin_invalid`: not of a known form, or its check character is wrong.
 * @source docs/rules/chit-score.md, CS-13
 */
export function parseUcfsin(value: unknown, field = 'ucfsin'): Result<Ucfsin, UcfsinInvalid> {
  const text = typeof value === 'string' && value.length <= 20 ? value : '';
  const [, year, digits, check] = FORM.exec(text) ?? [];
  if (year !== undefined && digits !== undefined) {
    const parts = { year, sequence: BigInt(digits) };
    if (check === undefined) return ok({ form: 'plain', text, ...parts });
    if (formatUcfsin(parts, { check: true }) === text) return ok({ form: 'checked', text, ...parts });
    return err(invalid(field, value, 'the check character that belongs to the number'));
  }
  const state = LEGACY.exec(text)?.[1];
  if (state !== undefined) return ok({ form: 'legacy', text, state });
  return err(invalid(field, value, 'UCFSIN-YYYY-NNNNNN, with a check character behind it or not'));
}

function invalid(field: string, given: unknown, allowed: string): UcfsinInvalid {
  return { code: 'ucfsin_invalid', field, given: printGiven(given), allowed };
}
