import type { Page } from '@holdfast/kernel';
import type { SqlRow } from '../sessions/sql-session.ts';
import { integerOf } from '../sql/decode-row.ts';

/**
 * Gives the SQL that answers with the head's sequence and the rows of a list, all of one moment. Where the list is empty, one row carries the
 * sequence alone, and its `found` is null.
 *
 * @param list - A select with a column `found` that is never null, in its order.
 */
export function listSql(schema: string, list: string): string {
  return `select coalesce(head.sequence, 0)::text as head, list.*
from (values (1)) as always(one)
left join lateral (select sequence from ${schema}.batch where book = $1 order by number desc limit 1) head on true
left join lateral (${list}) list on true`;
}

/** Gives the rows of a list that are rows. */
export function rowsOf(rows: readonly SqlRow[]): readonly SqlRow[] {
  return rows.filter((row) => row.found !== null);
}

/** Gives the head's sequence of a list. */
export function sequenceOf(rows: readonly SqlRow[]): number {
  return integerOf(rows[0]?.head, 'the sequence of the head');
}

/** Cuts a page of rows of which one more than `limit` was read. */
export function pageOf<Row>(
  rows: readonly SqlRow[],
  {
    limit,
    decode,
    cursor,
  }: { readonly limit: number; readonly decode: (row: SqlRow) => Row; readonly cursor: (row: Row) => string },
): Page<Row> {
  const found = rowsOf(rows);
  const page = found.slice(0, limit).map(decode);
  const last = page.at(-1);
  return {
    rows: page,
    sequence: sequenceOf(rows),
    ...(last !== undefined && found.length > limit ? { next: cursor(last) } : {}),
  };
}
