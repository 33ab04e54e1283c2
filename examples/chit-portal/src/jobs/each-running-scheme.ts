import type { Chit } from '@holdfast/chit-fund';
import { chitsOf } from '../book/chits.ts';
import type { Portal } from '../portal.ts';
import type { SchemeRow } from '../schemes/scheme-row.ts';

/** A scheme that is under way: its row, and how it stands in the book. */
export interface RunningScheme {
  readonly row: SchemeRow;
  readonly chit: Chit;
}

/** Gives all schemes that are under way, one after the other. */
export async function* eachRunningScheme(portal: Portal): AsyncGenerator<RunningScheme> {
  const rows = await portal.database
    .selectFrom('schemes')
    .selectAll()
    .where('status', '=', 'ACTIVE')
    .orderBy('id')
    .execute();
  for (const row of rows) {
    const read = await chitsOf(portal.book).read(row.id);
    if (read.isErr()) throw new Error(`${row.id} cannot be read: ${read.error.code}`);
    if (read.value.state) yield { row, chit: read.value.state };
  }
}
