import {
  type AccountSeen,
  type Appended,
  type Changes,
  type Head,
  instantAt,
  type LeasedTask,
  type Needs,
  type RecordRow,
  type Rounds,
  type Snapshot,
  type StoredUnit,
  type StoreFault,
  sameHead,
  storeFault,
  type TaskChange,
  type TextRow,
} from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { TriedStore } from './faulty-store.ts';
import { newest, type PlainBook, type PlainTask } from './plain-book.ts';
import { PlainReads } from './plain-reads.ts';
import { PlainTransaction } from './plain-transaction.ts';

/**
 * A second implementation of the port, written to be broken: slow, plain, each step a method of its own that a faulty store replaces.
 * Not for use in earnest: books live in memory, and nothing is indexed.
 */
export class PlainStore extends PlainReads implements TriedStore {
  /** What hosts wrote and committed. */
  readonly notes: string[] = [];
  #leases = 0;
  #cuts = 0;

  async load(book: string, needs: Needs): Promise<Result<Snapshot, StoreFault>> {
    const cuts = this.#cuts;
    await this.pause();
    return cuts === this.#cuts ? ok(await this.see(this.bookOf(book), needs)) : err(lost('none'));
  }

  async append(book: string, head: Head, changes: Changes): Promise<Result<Appended, StoreFault>> {
    const cuts = this.#cuts;
    await this.pause();
    const answer = await this.holding(book, () => this.appendNow(book, head, changes));
    return cuts === this.#cuts ? answer : err(lost('unknown'));
  }

  /** Cuts all connections: what is on its way is done, and its answer is lost. */
  cut(): void {
    this.#cuts += 1;
  }

  async locked<T>(book: string, work: (rounds: Rounds) => Promise<T>): Promise<Result<T, StoreFault>> {
    const rounds: Rounds = {
      load: (name, needs) => this.load(name, needs),
      append: async (name, head, changes) => this.appendNow(name, head, changes),
    };
    return ok(await this.holding(book, () => work(rounds)));
  }

  within(client: unknown): Rounds {
    if (!(client instanceof PlainTransaction)) throw new TypeError('A plain store joins its own transactions only.');
    return {
      load: async (book, needs) => {
        await this.join(client, book);
        return ok(await this.see(this.bookOf(book), needs));
      },
      append: async (book, head, changes) => {
        await this.join(client, book);
        return this.appendNow(book, head, changes);
      },
    };
  }

  /** Begins a transaction of a host. */
  begin(): PlainTransaction {
    return new PlainTransaction(this.notes);
  }

  async close(): Promise<void> {}

  async leaseTasks(request: {
    readonly books?: readonly string[];
    readonly dueAt: string;
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<Result<readonly LeasedTask[], StoreFault>> {
    await this.pause();
    const queues = (request.books ?? [...this.books.keys()]).map((book) => this.dueTasks(book, request.dueAt));
    const leased: LeasedTask[] = [];
    for (let turn = 0; leased.length < request.limit && queues.some((queue) => turn < queue.length); turn++) {
      for (const queue of queues) {
        const next = queue[turn];
        if (next && leased.length < request.limit) leased.push(this.lease(next.book, next.task, request.leaseMs));
      }
    }
    return ok(leased);
  }

  async giveBackTask(leased: LeasedTask, afterMs: number): Promise<Result<boolean, StoreFault>> {
    await this.pause();
    const task = this.leasedTask(leased);
    if (!task) return ok(false);
    task.lease = undefined;
    task.freeAt = this.now() + afterMs;
    return ok(true);
  }

  async parkTask(leased: LeasedTask, reason: string): Promise<Result<boolean, StoreFault>> {
    await this.pause();
    const task = this.leasedTask(leased);
    if (!task) return ok(false);
    task.lease = undefined;
    task.parked = reason;
    return ok(true);
  }

  async unparkTask(book: string, id: string): Promise<Result<boolean, StoreFault>> {
    await this.pause();
    const task = this.bookOf(book).tasks.get(id);
    if (task?.parked === undefined) return ok(false);
    Object.assign(task, { parked: undefined, attempts: 0, freeAt: this.now() });
    return ok(true);
  }

  // What follows is replaced by faulty stores, one step at a time.

  protected async see(book: PlainBook, needs: Needs): Promise<Snapshot> {
    return this.seeNow(book, needs);
  }

  protected seeNow(book: PlainBook, needs: Needs): Snapshot {
    const records = new Map<string, RecordRow>();
    for (const name of needs.records) {
      const row = newest(book.records, ({ record }) => record === name);
      if (row) records.set(name, this.given(row));
    }
    const units = new Map<string, StoredUnit>();
    for (const key of needs.keys) {
      const unit = this.unitOfKey(book, key);
      if (unit) units.set(key, this.given(unit));
    }
    const claims = new Map<string, string>();
    for (const claim of needs.claims) {
      const holder = this.holderOf(book, claim);
      if (holder !== undefined) claims.set(claim, holder);
    }
    const accounts = this.seeAccounts(book, [
      ...needs.accounts,
      ...[...records.values()].flatMap(({ touches }) => touches),
    ]);
    return { head: this.given(book.head), now: instantAt(this.now()), units, accounts, records, claims };
  }

  protected seeAccounts(book: PlainBook, names: readonly string[]): Map<string, AccountSeen> {
    const accounts = new Map<string, AccountSeen>();
    for (const name of names) {
      const seen = this.seeAccount(book, name);
      if (seen) accounts.set(name, this.given(seen));
    }
    return accounts;
  }

  protected unitOfKey(book: PlainBook, key: string): StoredUnit | undefined {
    return book.units.find((unit) => unit.key === key);
  }

  protected holderOf(book: PlainBook, name: string): string | undefined {
    return newest(book.claims, ({ claim }) => claim === name)?.holder ?? undefined;
  }

  protected holds(book: PlainBook, head: Head): boolean {
    return sameHead(book.head, head);
  }

  protected appendNow(name: string, head: Head, changes: Changes): Result<Appended, StoreFault> {
    const book = this.bookOf(name);
    if (!this.holds(book, head)) return ok('head_moved');
    const keys = new Set(book.units.map(({ key }) => key));
    for (const { key } of changes.units) {
      if (keys.has(key)) return err(this.duplicate(key));
      keys.add(key);
    }
    this.write(book, this.taken(changes));
    return ok('appended');
  }

  protected duplicate(key: string): StoreFault {
    return storeFault('store_refused', `The key ${key} is there already.`, { retryable: false, effect: 'none' });
  }

  protected write(book: PlainBook, changes: Changes): void {
    book.batches.push(changes.head);
    book.units.push(...changes.units);
    book.lines.push(...changes.lines);
    book.accounts.push(...changes.accounts);
    book.records.push(...changes.records);
    book.claims.push(...changes.claims);
    for (const change of changes.tasks) this.changeTask(book, change);
    for (const text of changes.texts) this.keepText(book, text);
  }

  protected keepText(book: PlainBook, text: TextRow): void {
    book.texts.set(text.hash, text);
  }

  protected changeTask(book: PlainBook, change: TaskChange): void {
    if ('finish' in change) book.tasks.delete(change.finish);
    else {
      const fresh: PlainTask = { task: change.put, attempts: 0, lease: undefined, freeAt: 0, parked: undefined };
      book.tasks.set(change.put.id, fresh);
    }
  }

  protected dueTasks(name: string, dueAt: string): { readonly book: string; readonly task: PlainTask }[] {
    return [...this.bookOf(name).tasks.values()]
      .filter((task) => this.isFree(task) && task.task.dueAt <= dueAt)
      .sort((left, right) => (left.task.dueAt < right.task.dueAt ? -1 : 1))
      .map((task) => ({ book: name, task }));
  }

  protected isFree(task: PlainTask): boolean {
    return task.parked === undefined && task.freeAt <= this.now();
  }

  protected lease(book: string, task: PlainTask, leaseMs: number): LeasedTask {
    this.#leases += 1;
    task.attempts += 1;
    task.lease = `lease-${this.#leases}`;
    task.freeAt = this.now() + leaseMs;
    return { book, task: this.given(task.task), attempts: task.attempts, lease: task.lease };
  }

  protected leasedTask({ book, task, lease }: LeasedTask): PlainTask | undefined {
    const found = this.bookOf(book).tasks.get(task.id);
    return found?.lease === lease ? found : undefined;
  }

  /** Puts a book into a transaction: locked until its end, and as it was if it is rolled back. */
  protected async join(transaction: PlainTransaction, name: string): Promise<void> {
    if (transaction.has(name)) return;
    const release = await this.acquire(name);
    const restore = this.bookOf(name).save();
    transaction.add(name, { commit: release, rollback: () => this.rollBack(restore, release) });
  }

  protected rollBack(restore: () => void, release: () => void): void {
    restore();
    release();
  }

  /** Runs work when everyone who came before has let go of the book. */
  protected async holding<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const release = await this.acquire(name);
    try {
      return await work();
    } finally {
      release();
    }
  }

  protected async acquire(name: string): Promise<() => void> {
    const book = this.bookOf(name);
    const before = book.lock;
    let release = (): void => {};
    book.lock = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}

function lost(effect: 'none' | 'unknown'): StoreFault {
  return storeFault('store_unavailable', 'The connection was cut.', { retryable: true, effect });
}
