import type { StoredUnit } from '@holdfast/kernel';
import { readEntries } from '../journal/read-entries.ts';

/**
 * Exports the transfers of a book as CSV (RFC 4180), as lines without their line ends; the first names the columns.
 *
 * A field that a spreadsheet would take for a formula gets an apostrophe in front.
 *
 * @param units - From `store.projectUnits(book)`.
 * @source docs/rules/ledger.md, L-23
 */
export async function* exportCsv(units: AsyncIterable<StoredUnit>): AsyncGenerator<string> {
  yield 'sequence,entry,transfer,at,key,actor,role,from,to,amount,currency,kind,effective_at';
  for await (const item of readEntries(units)) {
    if (!('entry' in item)) continue;
    const { sequence, index, at, effectiveAt = at, key, actor, transfers } = item.entry;
    for (const [position, { from, to, amount, currency, kind }] of transfers.entries()) {
      const what = [from, to, amount, currency, kind, effectiveAt];
      const row = [sequence, index, position, at, key, actor.id, actor.role, ...what];
      yield row.map((field) => csvField(`${field}`)).join(',');
    }
  }
}

function csvField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
