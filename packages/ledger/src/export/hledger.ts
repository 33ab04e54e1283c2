import type { StoredUnit } from '@holdfast/kernel';
import { type PlainTextDialect, writePlainText } from './plain-text.ts';
import { commodity } from './safe-text.ts';

/**
 * Exports a book for hledger, as lines without their line ends: declared accounts with their types, declared commodities, one transaction for
 * each entry, an assertion of every balance at the end. `hledger check --strict` accepts it.
 *
 * Account names stay as they are. hledger writes debits above zero: a balance there is the negated balance here.
 *
 * @param units - From `store.projectUnits(book)`; memory grows with the accounts only.
 * @source docs/rules/ledger.md, L-22
 * @example
 * {@includeCode ../../examples/verify.example.ts#hledger}
 */
export function exportHledger(units: AsyncIterable<StoredUnit>): AsyncGenerator<string> {
  return writePlainText(units, HLEDGER);
}

const TYPES = { asset: 'A', liability: 'L', income: 'R', expense: 'X', equity: 'E' } as const;

const HLEDGER: PlainTextDialect = {
  header: ['decimal-mark .'],
  commodity: (code, scale) => [`commodity 1000.${'0'.repeat(scale)} ${commodity(code)}`],
  account: ({ account, type }) => `account ${account}  ; type: ${TYPES[type]}`,
};
