import type { Changes, Reads, RecordRow, Store, TextRow } from '@holdfast/kernel';
import { ok } from 'neverthrow';
import { watchAppends } from './watch-appends.ts';

/**
 * Answers for a store what this process has just written: how a record stands, and free texts. Each such question would be a statement, thirty for each trip,
 * and a statement costs milliseconds where the database shares the process.
 *
 * Only for one process that works alone. Rounds load and append as ever, on the condition of the head, so what is remembered wrongly is refused and not booked.
 */
export function remembering<Client>(store: Store<Client>): Store<Client> {
  const books = new Map<string, Remembered>();
  const of = (book: string): Remembered => {
    const remembered = books.get(book) ?? new Remembered();
    books.set(book, remembered);
    return remembered;
  };
  const own: Pick<Reads, 'readRecord' | 'readTexts' | 'eraseTexts'> = {
    readRecord: async (book, record, at = {}) => {
      const { sequence } = of(book);
      const row = of(book).row(record, at.asOf);
      return row ? ok({ row, sequence }) : store.readRecord(book, record, at);
    },
    readTexts: async (book, hashes) => {
      const found = of(book).texts(hashes);
      return found ? ok(found) : store.readTexts(book, hashes);
    },
    eraseTexts: (book, hashes) => {
      books.delete(book);
      return store.eraseTexts(book, hashes);
    },
  };
  const watcher = {
    appended: (book: string, changes: Changes) => of(book).take(changes),
    doubted: (book: string) => void books.delete(book),
  };
  return watchAppends(store, watcher, own);
}

/** What was appended last to one book. */
class Remembered {
  /** Of the newest unit. */
  sequence = 0;
  /** The newest versions of a record, oldest first, without a gap. */
  readonly #records = new Map<string, readonly RecordRow[]>();
  readonly #texts = new Map<string, TextRow>();

  take({ head, records, texts }: Changes): void {
    this.sequence = head.sequence;
    for (const row of records) {
      const before = this.#records.get(row.record) ?? [];
      this.#records.delete(row.record);
      this.#records.set(row.record, [...before.slice(1 - VERSIONS), row]);
    }
    for (const text of texts) this.#texts.set(text.hash, text);
    cut(this.#records, MOST_RECORDS);
    cut(this.#texts, MOST_TEXTS);
  }

  row(record: string, asOf = Number.POSITIVE_INFINITY): RecordRow | undefined {
    return this.#records.get(record)?.findLast(({ sequence }) => sequence <= asOf);
  }

  texts(hashes: readonly string[]): ReadonlyMap<string, TextRow> | undefined {
    const found = hashes.flatMap((hash) => this.#texts.get(hash) ?? []);
    return found.length === hashes.length ? new Map(found.map((text) => [text.hash, text])) : undefined;
  }
}

/** Forgets the oldest. */
function cut(map: Map<string, unknown>, most: number): void {
  for (const name of map.keys()) {
    if (map.size <= most) return;
    map.delete(name);
  }
}

const VERSIONS = 3;
const MOST_RECORDS = 10_000;
const MOST_TEXTS = 5_000;
