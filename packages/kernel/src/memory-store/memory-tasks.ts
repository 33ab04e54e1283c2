import { ok, type Result } from 'neverthrow';
import type { StoreFault } from '../faults.ts';
import type { Instant } from '../instant.ts';
import type { LeasedTask, Page, Paging, Task, Tasks } from '../store.ts';
import type { MemoryBook, MemoryTask } from './memory-book.ts';
import { pageOf } from './page-of.ts';

/** The tasks of the memory store: leases by the process's own clock, fair between books. */
export class MemoryTasks implements Tasks {
  readonly #books: ReadonlyMap<string, MemoryBook>;
  readonly #nowMs: () => number;
  #leases = 0;

  constructor(books: ReadonlyMap<string, MemoryBook>, nowMs: () => number) {
    this.#books = books;
    this.#nowMs = nowMs;
  }

  async leaseTasks(request: {
    readonly books?: readonly string[];
    readonly dueAt: Instant;
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<Result<readonly LeasedTask[], StoreFault>> {
    const now = this.#nowMs();
    const queues: { readonly book: string; readonly tasks: MemoryTask[] }[] = [];
    for (const book of request.books ?? this.#books.keys()) {
      const due = [...(this.#books.get(book)?.tasks.values() ?? [])].filter(
        (row) => row.parked === undefined && row.leasedUntil <= now && row.task.dueAt <= request.dueAt,
      );
      if (due.length > 0) queues.push({ book, tasks: due.sort(byDue) });
    }
    const leased: LeasedTask[] = [];
    while (leased.length < request.limit && queues.some(({ tasks }) => tasks.length > 0)) {
      for (const { book, tasks } of queues) {
        const row = leased.length < request.limit ? tasks.shift() : undefined;
        if (row) leased.push(this.#lease(book, row, now + request.leaseMs));
      }
    }
    return ok(leased);
  }

  async giveBackTask(leased: LeasedTask, afterMs: number): Promise<Result<boolean, StoreFault>> {
    const row = this.#held(leased);
    if (!row) return ok(false);
    row.leasedUntil = this.#nowMs() + afterMs;
    row.lease = '';
    return ok(true);
  }

  async parkTask(leased: LeasedTask, reason: string): Promise<Result<boolean, StoreFault>> {
    const row = this.#held(leased);
    if (!row) return ok(false);
    row.parked = reason;
    row.lease = '';
    return ok(true);
  }

  async readParkedTasks(
    book: string,
    query: Paging,
  ): Promise<Result<Page<{ readonly task: Task; readonly attempts: number; readonly reason: string }>, StoreFault>> {
    const here = this.#books.get(book);
    const parked = [...(here?.tasks.values() ?? [])].filter((row) => row.parked !== undefined);
    const rows = parked.map((row) => ({ task: row.task, attempts: row.attempts, reason: row.parked as string }));
    return ok(pageOf(rows, query, (row) => row.task.id, here?.head.sequence ?? 0));
  }

  async unparkTask(book: string, id: string): Promise<Result<boolean, StoreFault>> {
    const row = this.#books.get(book)?.tasks.get(id);
    if (row?.parked === undefined) return ok(false);
    row.parked = undefined;
    row.attempts = 0;
    row.leasedUntil = 0;
    return ok(true);
  }

  #lease(book: string, row: MemoryTask, until: number): LeasedTask {
    row.attempts += 1;
    row.leasedUntil = until;
    row.lease = `${++this.#leases}`;
    return { book, task: row.task, attempts: row.attempts, lease: row.lease };
  }

  #held(leased: LeasedTask): MemoryTask | undefined {
    const row = this.#books.get(leased.book)?.tasks.get(leased.task.id);
    return row && row.lease === leased.lease && row.parked === undefined ? row : undefined;
  }
}

function byDue(left: MemoryTask, right: MemoryTask): number {
  if (left.task.dueAt !== right.task.dueAt) return left.task.dueAt < right.task.dueAt ? -1 : 1;
  return left.task.id < right.task.id ? -1 : 1;
}
