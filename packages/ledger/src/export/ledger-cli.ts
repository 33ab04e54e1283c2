import type { StoredUnit } from '@holdfast/kernel';
import { type PlainTextDialect, writePlainText } from './plain-text.ts';
import { commodity } from './safe-text.ts';

/**
 * Exports a book for the program `ledger`, as lines without their line ends. `ledger --strict --pedantic` accepts it.
 *
 * Signs and names are as in the export for hledger; this program knows no types of accounts.
 *
 * @param units - From `store.projectUnits(book)`.
 * @source docs/rules/ledger.md, L-22
 */
export function exportLedgerCli(units: AsyncIterable<StoredUnit>): AsyncGenerator<string> {
  return writePlainText(units, LEDGER);
}

const LEDGER: PlainTextDialect = {
  header: [],
  commodity: (code) => [`commodity ${commodity(code)}`],
  account: ({ account }) => `account ${account}`,
};
