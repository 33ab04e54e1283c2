/** A transaction of a host of {@link PlainStore}: its own notes, and the books that it holds. */
export class PlainTransaction {
  readonly #committed: string[];
  readonly #notes: string[] = [];
  readonly #books = new Map<string, { commit(): void; rollback(): void }>();
  #aborted = false;

  constructor(committed: string[]) {
    this.#committed = committed;
  }

  has(book: string): boolean {
    return this.#books.has(book);
  }

  add(book: string, ends: { commit(): void; rollback(): void }): void {
    this.#books.set(book, ends);
  }

  /** What a database does after an error without a savepoint: all else fails, and COMMIT rolls back. */
  abort(): void {
    this.#aborted = true;
  }

  note(text: string): void {
    if (this.#aborted) throw new Error('The current transaction is aborted.');
    this.#notes.push(text);
  }

  commit(): void {
    if (this.#aborted) {
      this.rollback();
      return;
    }
    this.#committed.push(...this.#notes);
    for (const { commit } of this.#books.values()) commit();
  }

  rollback(): void {
    for (const { rollback } of this.#books.values()) rollback();
  }
}
