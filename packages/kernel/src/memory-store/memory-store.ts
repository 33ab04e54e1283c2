import { err, ok, type Result } from 'neverthrow';
import { type StoreFault, storeFault } from '../faults.ts';
import { genesis, type Head, sameHead } from '../head.ts';
import { instantAt } from '../instant.ts';
import type {
  AccountRow,
  AccountSeen,
  Appended,
  Changes,
  ClaimRow,
  Line,
  Needs,
  Page,
  Paging,
  RecordRow,
  Rounds,
  Snapshot,
  Store,
  StoredUnit,
  Task,
  TextRow,
} from '../store.ts';
import { copyChanges } from './copy-changes.ts';
import { MemoryBook, newest } from './memory-book.ts';
import { MemoryTasks } from './memory-tasks.ts';
import { pageOf, pageOfNames } from './page-of.ts';

/**
 * Makes a store that keeps books in the memory of this process: the specification of every other store, and the fast one for tests.
 *
 * Nothing survives the process. There is no host transaction to join, so `within` does not accept a client.
 *
 * @param options - `nowMs`: the clock of leases, in milliseconds since 1970; the process's own where it is absent.
 */
export function createMemoryStore(options: { readonly nowMs?: () => number } = {}): Store {
  return new MemoryStore(options.nowMs ?? Date.now);
}

class MemoryStore extends MemoryTasks implements Store {
  readonly #books: Map<string, MemoryBook>;
  readonly #nowMs: () => number;
  /** The end of the last locked work, book by book: the next one waits for it, and so does every append from outside. */
  readonly #locks = new Map<string, Promise<unknown>>();

  constructor(nowMs: () => number) {
    const books = new Map<string, MemoryBook>();
    super(books, nowMs);
    this.#books = books;
    this.#nowMs = nowMs;
  }

  async load(book: string, needs: Needs): Promise<Result<Snapshot, StoreFault>> {
    const here = this.#books.get(book);
    const records = found(needs.records, (key) => newest(here?.records.get(key)));
    const touched = [...records.values()].flatMap((row) => row.touches);
    return ok({
      head: here?.head ?? genesis,
      now: instantAt(this.#nowMs()),
      units: found(needs.keys, (key) => here?.unitByKey.get(key)),
      accounts: found([...needs.accounts, ...touched], (key) => (here ? accountOf(here, key) : undefined)),
      records,
      claims: found(needs.claims, (name) => newest(here?.claims.get(name))?.holder ?? undefined),
    });
  }

  async append(book: string, head: Head, changes: Changes): Promise<Result<Appended, StoreFault>> {
    while (this.#locks.has(book)) await this.#locks.get(book);
    return this.#append(book, head, changes);
  }

  async locked<T>(book: string, work: (rounds: Rounds) => Promise<T>): Promise<Result<T, StoreFault>> {
    const before = this.#locks.get(book) ?? Promise.resolve();
    const turn = before.then(() =>
      work({
        load: (name, needs) => this.load(name, needs),
        append: async (name, head, changes) => this.#append(name, head, changes),
      }),
    );
    const end = turn.then(nothing, nothing);
    this.#locks.set(book, end);
    try {
      return ok(await turn);
    } finally {
      if (this.#locks.get(book) === end) this.#locks.delete(book);
    }
  }

  within(): never {
    throw new TypeError('the memory store has no transactions of a host to join');
  }

  async readHead(book: string): Promise<Result<Head, StoreFault>> {
    return ok(this.#books.get(book)?.head ?? genesis);
  }

  async readRecord(
    book: string,
    record: string,
    at: { readonly asOf?: number } = {},
  ): Promise<Result<{ readonly row: RecordRow | undefined; readonly sequence: number }, StoreFault>> {
    const here = this.#books.get(book);
    return ok({ row: newest(here?.records.get(record), at.asOf), sequence: here?.head.sequence ?? 0 });
  }

  async readRecords(
    book: string,
    query: Paging & { readonly kind: string; readonly status?: string },
  ): Promise<Result<Page<RecordRow>, StoreFault>> {
    const here = this.#books.get(book);
    const byStatus = here?.standing.get(query.kind);
    const sets = query.status === undefined ? [...(byStatus?.values() ?? [])] : [byStatus?.get(query.status) ?? []];
    const names = sets.flatMap((some) => [...some]);
    return ok(pageOfNames(names, query, (name) => newest(here?.records.get(name)), here?.head.sequence ?? 0));
  }

  async readAccounts(
    book: string,
    query: Paging & { readonly prefix?: string; readonly asOf?: number },
  ): Promise<Result<Page<AccountSeen & { readonly account: string }>, StoreFault>> {
    const here = this.#books.get(book);
    const keys = [...(here?.accounts.keys() ?? [])].filter((key) => key.startsWith(query.prefix ?? ''));
    const rowOf = (account: string) => {
      const seen = here && accountOf(here, account, query.asOf);
      return seen && { account, ...seen };
    };
    return ok(pageOfNames(keys, query, rowOf, here?.head.sequence ?? 0));
  }

  async readLines(
    book: string,
    query: Paging & { readonly account: string; readonly order: 'newest' | 'oldest' },
  ): Promise<Result<Page<Line>, StoreFault>> {
    const here = this.#books.get(book);
    const rows = here?.lines.get(query.account) ?? [];
    return ok(pageOf(rows, query, lineCursor, here?.head.sequence ?? 0, query.order === 'newest'));
  }

  async readUnits(
    book: string,
    query: { readonly after: number; readonly limit: number },
  ): Promise<Result<{ readonly units: readonly StoredUnit[]; readonly head: Head }, StoreFault>> {
    const here = this.#books.get(book);
    return ok({
      units: (here?.units ?? []).slice(query.after, query.after + query.limit),
      head: here?.head ?? genesis,
    });
  }

  async readTexts(book: string, hashes: readonly string[]): Promise<Result<ReadonlyMap<string, TextRow>, StoreFault>> {
    const texts = this.#books.get(book)?.texts;
    return ok(found(hashes, (hash) => texts?.get(hash)));
  }

  async eraseTexts(book: string, hashes: readonly string[]): Promise<Result<number, StoreFault>> {
    const texts = this.#books.get(book)?.texts;
    return ok(hashes.filter((hash) => texts?.delete(hash)).length);
  }

  async *projectLines(book: string): AsyncIterable<Line> {
    yield* sortedRows(this.#books.get(book)?.lines);
  }

  async *projectAccounts(book: string): AsyncIterable<AccountRow> {
    yield* sortedRows(this.#books.get(book)?.accounts);
  }

  async *projectRecords(book: string): AsyncIterable<RecordRow> {
    yield* sortedRows(this.#books.get(book)?.records);
  }

  async *projectClaims(book: string): AsyncIterable<ClaimRow> {
    yield* sortedRows(this.#books.get(book)?.claims);
  }

  async *projectTasks(book: string): AsyncIterable<Task> {
    const tasks = [...(this.#books.get(book)?.tasks.values() ?? [])].map(({ task }) => task);
    yield* tasks.sort((left, right) => (left.id < right.id ? -1 : 1));
  }

  async *projectUnits(book: string): AsyncIterable<StoredUnit> {
    yield* this.#books.get(book)?.units ?? [];
  }

  async *projectBatches(book: string): AsyncIterable<Head> {
    yield* this.#books.get(book)?.batches ?? [];
  }

  async close(): Promise<void> {
    this.#books.clear();
  }

  #append(book: string, head: Head, changes: Changes): Result<Appended, StoreFault> {
    const here = this.#books.get(book) ?? new MemoryBook();
    if (!sameHead(here.head, head)) return ok('head_moved');
    const keys = new Set<string>();
    for (const { key } of changes.units) {
      if (here.unitByKey.has(key) || keys.has(key))
        return err(
          storeFault('store_refused', `the key ${key} is there already`, { retryable: false, effect: 'none' }),
        );
      keys.add(key);
    }
    here.append(copyChanges(changes));
    this.#books.set(book, here);
    return ok('appended');
  }
}

function accountOf(book: MemoryBook, key: string, asOf?: number): AccountSeen | undefined {
  const row = newest(book.accounts.get(key), asOf);
  return row && { state: row.state, balance: newest(book.lines.get(key), asOf)?.balance ?? 0n };
}

/** Gives a line's place as a text that sorts like it. */
function lineCursor({ sequence, ordinal }: Line): string {
  return `${`${sequence}`.padStart(16, '0')}.${`${ordinal}`.padStart(6, '0')}`;
}

function found<T>(names: readonly string[], find: (name: string) => T | undefined): Map<string, T> {
  const map = new Map<string, T>();
  for (const name of names) {
    const value = find(name);
    if (value !== undefined) map.set(name, value);
  }
  return map;
}

function* sortedRows<Row>(table: ReadonlyMap<string, readonly Row[]> | undefined): Iterable<Row> {
  for (const key of [...(table?.keys() ?? [])].sort()) yield* table?.get(key) ?? [];
}

function nothing(): void {}
