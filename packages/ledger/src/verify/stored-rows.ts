import type { Projections } from '@holdfast/kernel';
import type { RecordFold } from './fold-records.ts';
import { accountRow, claimRow, type DerivedRow, type DerivedTable, lineRow, recordRow } from './rows.ts';

/** Reads the stored rows of a table in the common form, grouped by name. */
export async function* storedRows(
  table: DerivedTable,
  { store, book, records }: { readonly store: Projections; readonly book: string; readonly records: RecordFold },
): AsyncGenerator<DerivedRow> {
  switch (table) {
    case 'line':
      for await (const line of store.projectLines(book)) yield lineRow(line);
      return;
    case 'account':
      for await (const account of store.projectAccounts(book)) yield accountRow(account);
      return;
    case 'record':
      for await (const record of store.projectRecords(book)) yield recordRow(record, records.folds(record.record));
      return;
    case 'claim':
      for await (const claim of store.projectClaims(book)) yield claimRow(claim);
  }
}
