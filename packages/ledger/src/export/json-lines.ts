import type { StoredUnit } from '@holdfast/kernel';
import { readEntries } from '../journal/read-entries.ts';

/**
 * Exports the entries of a book as JSON, one object a line: `sequence, index, at, key, actor, transfers`. Amounts are decimal strings.
 *
 * @param units - From `store.projectUnits(book)`.
 * @source docs/rules/ledger.md, L-23
 */
export async function* exportJsonLines(units: AsyncIterable<StoredUnit>): AsyncGenerator<string> {
  for await (const item of readEntries(units)) {
    if ('entry' in item) yield JSON.stringify(item.entry);
  }
}
