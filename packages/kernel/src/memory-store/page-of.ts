import type { Page, Paging } from '../store.ts';

/** Cuts one page out of rows, in order of a unique text (by code unit) or, with `newestFirst`, against it. The cursor is the text of the last row. */
export function pageOf<Row>(
  rows: readonly Row[],
  { limit, after }: Paging,
  nameOf: (row: Row) => string,
  sequence: number,
  newestFirst = false,
): Page<Row> {
  const sign = newestFirst ? -1 : 1;
  const sorted = rows
    .map((row) => ({ row, name: nameOf(row) }))
    .filter(({ name }) => after === undefined || (newestFirst ? name < after : name > after))
    .sort((left, right) => (left.name < right.name ? -sign : sign));
  const cut = sorted.slice(0, limit);
  const last = cut.at(-1);
  return { rows: cut.map(({ row }) => row), sequence, ...(last && sorted.length > limit ? { next: last.name } : {}) };
}

/** Cuts one page in order of names, and makes only the rows that are on it. A name without a row is on no page. */
export function pageOfNames<Row>(
  names: readonly string[],
  { limit, after }: Paging,
  rowOf: (name: string) => Row | undefined,
  sequence: number,
): Page<Row> {
  const rows: Row[] = [];
  let last: string | undefined;
  for (const name of names.filter((one) => after === undefined || one > after).sort()) {
    const row = rowOf(name);
    if (row === undefined) continue;
    if (rows.length === limit) return { rows, sequence, ...(last === undefined ? {} : { next: last }) };
    rows.push(row);
    last = name;
  }
  return { rows, sequence };
}
