import {
  type AccountRow,
  type ClaimRow,
  genesis,
  type Head,
  type Line,
  type RecordRow,
  type StoredUnit,
  type Task,
  type TextRow,
} from '@holdfast/kernel';

/** A task as {@link PlainStore} keeps it. */
export interface PlainTask {
  task: Task;
  attempts: number;
  lease: string | undefined;
  /** By the store's clock, in milliseconds: nobody leases it before. */
  freeAt: number;
  parked: string | undefined;
}

/** What {@link PlainStore} keeps of one book: rows in the order in which they came, and nothing indexed. */
export class PlainBook {
  readonly batches: Head[] = [];
  readonly units: StoredUnit[] = [];
  readonly lines: Line[] = [];
  readonly accounts: AccountRow[] = [];
  readonly records: RecordRow[] = [];
  readonly claims: ClaimRow[] = [];
  readonly tasks = new Map<string, PlainTask>();
  readonly texts = new Map<string, TextRow>();
  /** The end of the queue for the book's lock. */
  lock: Promise<void> = Promise.resolve();

  /** Gives a way back to how the book stands now. */
  save(): () => void {
    const tables = [this.batches, this.units, this.lines, this.accounts, this.records, this.claims] as unknown[][];
    const rows = tables.map((table) => [...table]);
    const tasks = [...this.tasks].map(([id, task]) => [id, { ...task }] as const);
    const texts = [...this.texts];
    return () => {
      for (const [index, table] of tables.entries()) table.splice(0, table.length, ...(rows[index] ?? []));
      this.tasks.clear();
      for (const [id, task] of tasks) this.tasks.set(id, task);
      this.texts.clear();
      for (const [hash, text] of texts) this.texts.set(hash, text);
    };
  }

  get head(): Head {
    return this.batches.at(-1) ?? genesis;
  }
}

/** Gives the newest of some rows, as of a sequence. Rows come in order of sequence. */
export function newest<Row extends { readonly sequence: number }>(
  rows: readonly Row[],
  matches: (row: Row) => boolean,
  asOf = Number.POSITIVE_INFINITY,
): Row | undefined {
  let found: Row | undefined;
  for (const row of rows) if (row.sequence <= asOf && matches(row)) found = row;
  return found;
}

/** Compares texts by code unit. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Copies plain data, deeply: nobody outside shares a row with the store. */
export function copied<T>(value: T): T {
  return structuredClone(value);
}
