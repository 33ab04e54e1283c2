import type { Pass } from './report.ts';
import { type DerivedRow, type DerivedTable, rowKey } from './rows.ts';

/** Finds the first row, by sequence, that differs between what the units leave and what is stored, and notes it. */
export function locate(
  pass: Pass,
  table: DerivedTable,
  expected: readonly DerivedRow[],
  found: readonly DerivedRow[],
): void {
  const left = byKey(table, expected);
  const right = byKey(table, found);
  let first: DerivedRow | undefined;
  for (const [key, row] of [...left, ...right]) {
    if (left.get(key)?.text === right.get(key)?.text) continue;
    if (!first || isBefore(row, first)) first = row;
  }
  if (!first) return;
  const key = rowKey(table, first);
  pass.differs(table, key, left.get(key)?.text ?? null, right.get(key)?.text ?? null);
}

function byKey(table: DerivedTable, rows: readonly DerivedRow[]): ReadonlyMap<string, DerivedRow> {
  return new Map(rows.map((row) => [rowKey(table, row), row]));
}

function isBefore(left: DerivedRow, right: DerivedRow): boolean {
  return left.sequence === right.sequence ? left.ordinal < right.ordinal : left.sequence < right.sequence;
}
