import { setImmediate as breath } from 'node:timers/promises';
import type { Projections, StoredUnit } from '@holdfast/kernel';

/**
 * Lets the event loop turn every so many rows of a long reading, so that Ctrl-C is heard even where every row comes from memory.
 *
 * @param onUnit - Told of each unit on its way.
 */
export function breathing(store: Projections, onUnit: (unit: StoredUnit) => void): Projections {
  return {
    projectLines: (book) => pausing(store.projectLines(book)),
    projectAccounts: (book) => pausing(store.projectAccounts(book)),
    projectRecords: (book) => pausing(store.projectRecords(book)),
    projectClaims: (book) => pausing(store.projectClaims(book)),
    projectTasks: (book) => pausing(store.projectTasks(book)),
    projectUnits: (book) => pausing(store.projectUnits(book), onUnit),
    projectBatches: (book) => pausing(store.projectBatches(book)),
  };
}

async function* pausing<Row>(rows: AsyncIterable<Row>, onRow: (row: Row) => void = () => {}): AsyncIterable<Row> {
  let count = 0;
  for await (const row of rows) {
    onRow(row);
    yield row;
    count += 1;
    if (count % ROWS_A_BREATH === 0) await breath();
  }
}

const ROWS_A_BREATH = 1_000;
