import { type ShapeInvalid, show } from '../refusals.ts';

/** The most rows that one page may hold. */
const MOST_ROWS = 1_000;
const LONGEST_CURSOR = 1_000;

/** Checks what a list was asked for: how many rows, of which moment, and where it goes on. */
export function checkPage(query: {
  readonly limit: unknown;
  readonly asOf?: unknown;
  readonly after?: unknown;
}): ShapeInvalid | undefined {
  const { limit, after } = query;
  if (!isWhole(limit) || limit < 1 || limit > MOST_ROWS)
    return invalid('limit', limit, 'a whole number from 1 to 1,000');
  if (after !== undefined && (typeof after !== 'string' || after.length > LONGEST_CURSOR || after.includes('\0')))
    return invalid('after', after, 'the `next` of an earlier page');
  return checkSequences(query, ['asOf']);
}

/** Checks what the feed was asked for. */
export function checkFeed(query: { readonly limit: unknown; readonly after: unknown }): ShapeInvalid | undefined {
  return checkPage({ limit: query.limit }) ?? checkSequences({ after: query.after ?? Number.NaN }, ['after']);
}

/** Checks that each field that is given can be a sequence. */
export function checkSequences<Field extends string>(
  query: { readonly [F in Field]?: unknown },
  fields: readonly Field[],
): ShapeInvalid | undefined {
  const wrong = fields.find((field) => query[field] !== undefined && !isWhole(query[field]));
  return wrong === undefined ? undefined : invalid(wrong, query[wrong], 'a sequence: a whole number from 0');
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function invalid(field: string, given: unknown, allowed: string): ShapeInvalid {
  return { code: 'shape_invalid', field, given: show(given), allowed };
}
