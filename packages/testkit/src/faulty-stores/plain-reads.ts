import type {
  AccountRow,
  AccountSeen,
  ClaimRow,
  Head,
  Line,
  Page,
  Paging,
  Projections,
  Reads,
  RecordRow,
  StoredUnit,
  StoreFault,
  Task,
  TextRow,
} from '@holdfast/kernel';
import { ok, type Result } from 'neverthrow';
import { byCodeUnit, copied, newest, PlainBook } from './plain-book.ts';

/** The reading half of {@link PlainStore}. */
export class PlainReads implements Reads, Projections {
  protected readonly books = new Map<string, PlainBook>();
  #nowMs = Date.parse('2030-01-01T00:00:00.000Z');

  /** Lets the store's own clock go on. */
  passTime(ms: number): void {
    this.#nowMs += ms;
  }

  async readHead(book: string): Promise<Result<Head, StoreFault>> {
    await this.pause();
    return ok(this.given(this.bookOf(book).head));
  }

  async readRecord(name: string, record: string, at: { readonly asOf?: number } = {}) {
    await this.pause();
    const book = this.bookOf(name);
    const row = this.recordAsOf(book, record, at.asOf);
    return ok({ row: row && this.given(row), sequence: book.head.sequence });
  }

  async readRecords(name: string, query: Paging & { readonly kind: string; readonly status?: string }) {
    await this.pause();
    const book = this.bookOf(name);
    const rows = this.recordsOf(book, query).sort((left, right) => byCodeUnit(left.record, right.record));
    return ok(this.page(book, rows, query, ({ record }) => record));
  }

  async readAccounts(name: string, query: Paging & { readonly prefix?: string; readonly asOf?: number }) {
    await this.pause();
    const book = this.bookOf(name);
    const names = new Set(book.accounts.map(({ account }) => account));
    const rows = [...names]
      .filter((account) => this.hasPrefix(account, query.prefix ?? ''))
      .sort(byCodeUnit)
      .flatMap((account) => {
        const seen = this.seeAccount(book, account, query.asOf);
        return seen ? [{ account, ...seen }] : [];
      });
    return ok(this.page(book, rows, query, ({ account }) => account));
  }

  async readLines(name: string, query: Paging & { readonly account: string; readonly order: 'newest' | 'oldest' }) {
    await this.pause();
    const book = this.bookOf(name);
    const rows = book.lines.filter(({ account }) => account === query.account);
    if (query.order === 'newest') rows.reverse();
    return ok(this.linePage(book, rows, query));
  }

  async readUnits(name: string, { after, limit }: { readonly after: number; readonly limit: number }) {
    await this.pause();
    const book = this.bookOf(name);
    const units = book.units.filter(({ sequence }) => sequence > after).slice(0, limit);
    return ok({ units: this.given(units), head: this.given(book.head) });
  }

  async readTexts(name: string, hashes: readonly string[]): Promise<Result<ReadonlyMap<string, TextRow>, StoreFault>> {
    await this.pause();
    const { texts } = this.bookOf(name);
    return ok(
      new Map(
        hashes.flatMap((hash) => {
          const text = texts.get(hash);
          return text ? [[hash, this.given(text)] as const] : [];
        }),
      ),
    );
  }

  async eraseTexts(name: string, hashes: readonly string[]): Promise<Result<number, StoreFault>> {
    await this.pause();
    const book = this.bookOf(name);
    return ok(hashes.filter((hash) => this.eraseText(book, hash)).length);
  }

  async readParkedTasks(name: string, query: Paging) {
    await this.pause();
    const book = this.bookOf(name);
    const rows = [...book.tasks.values()]
      .flatMap(({ task, attempts, parked }) => (parked === undefined ? [] : [{ task, attempts, reason: parked }]))
      .sort((left, right) => byCodeUnit(left.task.id, right.task.id));
    return ok(this.page(book, rows, query, ({ task }) => task.id));
  }

  projectLines(book: string): AsyncIterable<Line> {
    return this.stream(this.bookOf(book).lines, (line) => line.account);
  }

  projectAccounts(book: string): AsyncIterable<AccountRow> {
    return this.stream(this.bookOf(book).accounts, (row) => row.account);
  }

  projectRecords(book: string): AsyncIterable<RecordRow> {
    return this.stream(this.bookOf(book).records, (row) => row.record);
  }

  projectClaims(book: string): AsyncIterable<ClaimRow> {
    return this.stream(this.bookOf(book).claims, (row) => row.claim);
  }

  projectTasks(book: string): AsyncIterable<Task> {
    const tasks = [...this.bookOf(book).tasks.values()].map(({ task }) => task);
    return this.stream(tasks, ({ id }) => id);
  }

  projectUnits(book: string): AsyncIterable<StoredUnit> {
    return this.stream(this.bookOf(book).units, () => '');
  }

  projectBatches(book: string): AsyncIterable<Head> {
    return this.stream(this.bookOf(book).batches, () => '');
  }

  // What follows is replaced by faulty stores, one step at a time.

  /** The way to a server and back, in which others may act. */
  protected async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  protected now(): number {
    return this.#nowMs;
  }

  protected bookOf(name: string): PlainBook {
    let book = this.books.get(name);
    if (!book) {
      book = new PlainBook();
      this.books.set(name, book);
    }
    return book;
  }

  /** What goes out. */
  protected given<T>(value: T): T {
    return copied(value);
  }

  /** What comes in. */
  protected taken<T>(value: T): T {
    return copied(value);
  }

  protected seeAccount(book: PlainBook, name: string, asOf?: number): AccountSeen | undefined {
    const row = newest(book.accounts, ({ account }) => account === name, asOf);
    if (!row) return undefined;
    const line = newest(book.lines, ({ account }) => account === name, asOf);
    return { state: row.state, balance: line?.balance ?? 0n };
  }

  protected recordAsOf(book: PlainBook, name: string, asOf?: number): RecordRow | undefined {
    return newest(book.records, ({ record }) => record === name, asOf);
  }

  /** Records of a kind as they stand, in any order. */
  protected recordsOf(
    book: PlainBook,
    { kind, status }: { readonly kind: string; readonly status?: string },
  ): RecordRow[] {
    const standing = new Map(
      book.records.filter((row) => this.hasKind(row, kind)).map((row) => [row.record, row] as const),
    );
    return [...standing.values()].filter((row) => status === undefined || row.status === status);
  }

  protected hasKind(row: RecordRow, kind: string): boolean {
    return row.record.startsWith(`${kind}/`);
  }

  protected hasPrefix(account: string, prefix: string): boolean {
    return account.startsWith(prefix);
  }

  protected eraseText(book: PlainBook, hash: string): boolean {
    return book.texts.delete(hash);
  }

  protected linePage(book: PlainBook, rows: readonly Line[], query: Paging): Page<Line> {
    const name = ({ sequence, ordinal }: Line): string => `${sequence}/${ordinal}`;
    const start = query.after === undefined ? 0 : rows.findIndex((row) => name(row) === query.after) + 1;
    return this.pageFrom(book, rows, start, query.limit, name);
  }

  /** One page of rows that come in order of their name, which is the cursor: what it named may be gone by now. */
  protected page<Row>(book: PlainBook, rows: readonly Row[], query: Paging, name: (row: Row) => string): Page<Row> {
    const { after } = query;
    const start = after === undefined ? 0 : rows.filter((row) => name(row) <= after).length;
    return this.pageFrom(book, rows, start, query.limit, name);
  }

  protected pageFrom<Row>(
    book: PlainBook,
    rows: readonly Row[],
    start: number,
    limit: number,
    name: (row: Row) => string,
  ): Page<Row> {
    const given = rows.slice(start, start + limit);
    const last = given.at(-1);
    const page = { rows: this.given(given), sequence: book.head.sequence };
    return last && start + limit < rows.length ? { ...page, next: name(last) } : page;
  }

  private async *stream<Row>(rows: readonly Row[], name: (row: Row) => string): AsyncGenerator<Row> {
    await this.pause();
    // Array sorting is stable, so rows of one name stay in order of sequence.
    for (const row of [...rows].sort((left, right) => byCodeUnit(name(left), name(right)))) yield this.given(row);
  }
}
