import { genesis, type Head } from '../head.ts';
import type { AccountRow, Changes, ClaimRow, Line, RecordRow, StoredUnit, Task, TextRow } from '../store.ts';

/** A task with what leases write on it. */
export interface MemoryTask {
  readonly task: Task;
  attempts: number;
  /** By the store's clock, in milliseconds; 0 for nobody's. */
  leasedUntil: number;
  lease: string;
  parked: string | undefined;
}

/** All that is kept of one book: the same tables as in a database, each only added to, but for tasks and texts. */
export class MemoryBook {
  head: Head = genesis;
  readonly batches: Head[] = [];
  readonly units: StoredUnit[] = [];
  readonly unitByKey = new Map<string, StoredUnit>();
  readonly lines = new Map<string, Line[]>();
  readonly accounts = new Map<string, AccountRow[]>();
  readonly records = new Map<string, RecordRow[]>();
  /** Records as they stand, by kind and then by status: a list that is filtered reads no others. */
  readonly standing = new Map<string, Map<string, Set<string>>>();
  readonly claims = new Map<string, ClaimRow[]>();
  readonly tasks = new Map<string, MemoryTask>();
  readonly texts = new Map<string, TextRow>();

  /** Writes all of the changes. The caller has checked the head; nothing here waits, so nobody sees a half. */
  append(changes: Changes): void {
    for (const unit of changes.units) {
      this.units.push(unit);
      this.unitByKey.set(unit.key, unit);
    }
    for (const line of changes.lines) push(this.lines, line.account, line);
    for (const row of changes.accounts) push(this.accounts, row.account, row);
    for (const row of changes.records) this.#stand(row);
    for (const row of changes.claims) push(this.claims, row.claim, row);
    for (const text of changes.texts) this.texts.set(text.hash, text);
    for (const change of changes.tasks) {
      if ('finish' in change) this.tasks.delete(change.finish);
      else
        this.tasks.set(change.put.id, { task: change.put, attempts: 0, leasedUntil: 0, lease: '', parked: undefined });
    }
    this.batches.push(changes.head);
    this.head = changes.head;
  }

  #stand(row: RecordRow): void {
    const { record, status } = row;
    const kind = record.slice(0, record.indexOf('/'));
    const byStatus = this.standing.get(kind) ?? new Map<string, Set<string>>();
    this.standing.set(kind, byStatus);
    const before = this.records.get(record)?.at(-1)?.status;
    const left = before === undefined ? undefined : byStatus.get(before);
    if (left?.delete(record) && left.size === 0) byStatus.delete(before as string);
    const here = byStatus.get(status) ?? new Set<string>();
    byStatus.set(status, here.add(record));
    push(this.records, record, row);
  }
}

/** Gives the newest row at or before a sequence. Rows are in order of their sequence. */
export function newest<Row extends { readonly sequence: number }>(
  rows: readonly Row[] | undefined,
  asOf?: number,
): Row | undefined {
  if (!rows || asOf === undefined) return rows?.at(-1);
  return rows.findLast((row) => row.sequence <= asOf);
}

function push<Row>(table: Map<string, Row[]>, key: string, row: Row): void {
  const rows = table.get(key);
  if (rows) rows.push(row);
  else table.set(key, [row]);
}
