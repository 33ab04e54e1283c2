import type {
  AccountRow,
  ClaimRow,
  Head,
  Line,
  Projections,
  Reads,
  RecordRow,
  Store,
  StoredUnit,
  Task,
} from '@holdfast/kernel';
import { genesis } from '@holdfast/kernel';
import { ok } from 'neverthrow';

/** Every row of a book, copied out of its store, to be changed at will. */
export interface CopiedTables {
  batch: Head[];
  unit: StoredUnit[];
  line: Line[];
  account: AccountRow[];
  record: RecordRow[];
  claim: ClaimRow[];
  task: Task[];
}

/** Copies every row of a book. */
export async function copyTables(store: Store<never>, book: string): Promise<CopiedTables> {
  return {
    batch: await all(store.projectBatches(book)),
    unit: await all(store.projectUnits(book)),
    line: await all(store.projectLines(book)),
    account: await all(store.projectAccounts(book)),
    record: await all(store.projectRecords(book)),
    claim: await all(store.projectClaims(book)),
    task: await all(store.projectTasks(book)),
  };
}

/** Gives copied rows to the verifier as a store would: in the order of the port, whatever order the copies are in. */
export function storeOfTables(tables: CopiedTables): Projections & Pick<Reads, 'readHead'> {
  return {
    readHead: async () => ok(sorted(tables.batch, ({ number }) => [number]).at(-1) ?? genesis),
    projectBatches: () => stream(sorted(tables.batch, ({ number }) => [number])),
    projectUnits: () => stream(sorted(tables.unit, ({ sequence }) => [sequence])),
    projectLines: () => stream(sorted(tables.line, (row) => [row.account, row.sequence, row.ordinal])),
    projectAccounts: () => stream(sorted(tables.account, (row) => [row.account, row.sequence])),
    projectRecords: () => stream(sorted(tables.record, (row) => [row.record, row.sequence])),
    projectClaims: () => stream(sorted(tables.claim, (row) => [row.claim, row.sequence])),
    projectTasks: () => stream(sorted(tables.task, ({ id }) => [id])),
  };
}

async function* stream<Row>(rows: readonly Row[]): AsyncIterable<Row> {
  yield* rows;
}

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const copied: Row[] = [];
  for await (const row of rows) copied.push(row);
  return copied;
}

function sorted<Row>(rows: readonly Row[], by: (row: Row) => readonly (string | number)[]): Row[] {
  return [...rows].sort((left, right) => {
    const others = by(right);
    for (const [index, part] of by(left).entries()) {
      const other = others[index] as string | number;
      if (part !== other) return part < other ? -1 : 1;
    }
    return 0;
  });
}
