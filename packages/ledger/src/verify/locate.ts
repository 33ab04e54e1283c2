import { addToFingerprint, type Fingerprint, newFingerprint, sameFingerprint } from './fingerprints.ts';
import type { Pass } from './report.ts';
import { type DerivedRow, type DerivedTable, rowKey } from './rows.ts';

/** Where a difference is looked for. Both sides can be gone through again and again. */
export interface Sides {
  readonly table: DerivedTable;
  /** The names whose rows differ. */
  readonly names: ReadonlySet<string>;
  /** Of the newest unit. */
  readonly sequence: number;
  /** Goes through what the units leave. */
  readonly derive: (look: (row: DerivedRow) => void) => Promise<void>;
  /** Goes through what is stored. */
  readonly read: (look: (row: DerivedRow) => void) => Promise<void>;
}

/**
 * Finds the first row, by sequence, that differs, and notes it. First the stretch of the journal in which it lies, then the row: so that an
 * account with millions of lines is never in memory as a whole.
 */
export async function locate(pass: Pass, sides: Sides): Promise<void> {
  const length = Math.max(1_000, Math.ceil(sides.sequence / 1_000));
  const stretch = await firstStretch(sides, length);
  if (stretch === undefined) return;
  const expected = new Map<string, DerivedRow>();
  const found = new Map<string, DerivedRow>();
  const into = (rows: Map<string, DerivedRow>) => (row: DerivedRow) => {
    if (sides.names.has(row.name) && stretchOf(row, length) === stretch) rows.set(rowKey(sides.table, row), row);
  };
  await sides.derive(into(expected));
  await sides.read(into(found));
  let first: DerivedRow | undefined;
  for (const [key, row] of [...expected, ...found]) {
    if (expected.get(key)?.text !== found.get(key)?.text && (!first || isBefore(row, first))) first = row;
  }
  if (!first) return;
  const key = rowKey(sides.table, first);
  pass.differs(sides.table, key, expected.get(key)?.text ?? null, found.get(key)?.text ?? null);
}

async function firstStretch({ names, derive, read }: Sides, length: number): Promise<number | undefined> {
  const expected = new Map<string, Fingerprint>();
  const found = new Map<string, Fingerprint>();
  const into = (prints: Map<string, Fingerprint>) => (row: DerivedRow) => {
    if (!names.has(row.name)) return;
    const key = `${stretchOf(row, length)} ${row.name}`;
    const print = prints.get(key) ?? newFingerprint();
    prints.set(key, print);
    addToFingerprint(print, row);
  };
  await derive(into(expected));
  await read(into(found));
  let first: number | undefined;
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const stretch = Number.parseInt(key, 10);
    if (first !== undefined && stretch >= first) continue;
    if (!sameFingerprint(expected.get(key) ?? newFingerprint(), found.get(key) ?? newFingerprint())) first = stretch;
  }
  return first;
}

function stretchOf({ sequence }: DerivedRow, length: number): number {
  return Math.floor(sequence / length);
}

function isBefore(left: DerivedRow, right: DerivedRow): boolean {
  return left.sequence === right.sequence ? left.ordinal < right.ordinal : left.sequence < right.sequence;
}
