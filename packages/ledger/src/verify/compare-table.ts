import { addToFingerprint, type Fingerprint, newFingerprint, sameFingerprint } from './fingerprints.ts';
import type { Pass } from './report.ts';
import type { DerivedRow } from './rows.ts';

/**
 * Compares the stored rows of a table, which come grouped by name, with what the units leave.
 *
 * @param expected - A fingerprint for each name; those that were met are taken out.
 * @param limit - Rows of a later sequence are left out: the book may have moved on.
 * @returns The names whose rows differ, at most 1,000; and the first row beyond the limit.
 */
export async function compareTable(
  pass: Pass,
  rows: AsyncIterable<DerivedRow>,
  expected: Map<string, Fingerprint>,
  limit: number,
): Promise<{ readonly names: ReadonlySet<string>; readonly beyond: DerivedRow | undefined }> {
  const names = new Set<string>();
  let beyond: DerivedRow | undefined;
  let name: string | undefined;
  let found = newFingerprint();
  const close = (): void => {
    if (name === undefined) return;
    const print = expected.get(name);
    if (!(print && sameFingerprint(print, found)) && names.size < 1_000) names.add(name);
    expected.delete(name);
  };
  for await (const row of rows) {
    if (row.sequence > limit) {
      beyond ??= row;
      continue;
    }
    pass.checked += 1;
    if (row.name !== name) {
      close();
      name = row.name;
      found = newFingerprint();
    }
    addToFingerprint(found, row);
  }
  close();
  for (const missing of expected.keys()) if (names.size < 1_000) names.add(missing);
  return { names, beyond };
}
