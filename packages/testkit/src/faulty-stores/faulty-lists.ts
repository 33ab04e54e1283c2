import type { Line, Page, Paging, RecordRow } from '@holdfast/kernel';
import { ok } from 'neverthrow';
import type { FaultyStore } from './faulty-store.ts';
import type { PlainBook } from './plain-book.ts';
import { PlainStore } from './plain-store.ts';

class StatusBeforeNewest extends PlainStore {
  protected override recordsOf(book: PlainBook, { kind, status }: { readonly kind: string; readonly status?: string }) {
    const rows = book.records.filter(
      (row) => this.hasKind(row, kind) && (status === undefined || row.status === status),
    );
    return [...new Map(rows.map((row) => [row.record, row])).values()];
  }
}

class KindIsPrefix extends PlainStore {
  protected override hasKind(row: RecordRow, kind: string): boolean {
    return row.record.startsWith(kind);
  }
}

class PrefixIsPattern extends PlainStore {
  protected override hasPrefix(account: string, prefix: string): boolean {
    // `like prefix || '%'` without escaping.
    const pattern = prefix
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.');
    return new RegExp(`^${pattern}`).test(account);
  }
}

class PageByOffset extends PlainStore {
  protected override linePage(book: PlainBook, rows: readonly Line[], query: Paging): Page<Line> {
    const start = Number(query.after ?? 0);
    return this.pageFrom(book, rows, start, query.limit, () => `${start + query.limit}`);
  }
}

class PageSkipsARow extends PlainStore {
  protected override linePage(book: PlainBook, rows: readonly Line[], query: Paging): Page<Line> {
    // A cursor of the sequence alone: the rest of a unit that a page cuts is lost.
    const last = query.after === undefined ? undefined : Number(query.after);
    const start = last === undefined ? 0 : rows.findLastIndex(({ sequence }) => sequence === last) + 1;
    return this.pageFrom(book, rows, start, query.limit, ({ sequence }) => `${sequence}`);
  }
}

class RecordsByOffset extends PlainStore {
  protected override page<Row>(book: PlainBook, rows: readonly Row[], query: Paging): Page<Row> {
    const start = Number(query.after ?? 0);
    return this.pageFrom(book, rows, start, query.limit, () => `${start + query.limit}`);
  }
}

class PageOfItsRows extends PlainStore {
  protected override linePage(book: PlainBook, rows: readonly Line[], query: Paging): Page<Line> {
    const page = super.linePage(book, rows, query);
    return { ...page, sequence: rows[0]?.sequence ?? 0 };
  }
  protected override page<Row>(
    book: PlainBook,
    rows: readonly Row[],
    query: Paging,
    name: (row: Row) => string,
  ): Page<Row> {
    return { ...super.page(book, rows, query, name), sequence: book.batches[0]?.sequence ?? 0 };
  }
}

class UnitsFromInclusive extends PlainStore {
  override readUnits(name: string, { after, limit }: { readonly after: number; readonly limit: number }) {
    return super.readUnits(name, { after: after === 0 ? 0 : after - 1, limit });
  }
}

class HeadOfPage extends PlainStore {
  override async readUnits(name: string, query: { readonly after: number; readonly limit: number }) {
    const read = await super.readUnits(name, query);
    const last = read.value.units.at(-1);
    return last
      ? ok({ ...read.value, head: { ...read.value.head, sequence: last.sequence, digest: last.digest } })
      : read;
  }
}

/** Mistakes in lists and their pages. */
export const faultyLists: readonly FaultyStore[] = [
  {
    name: 'status-before-newest',
    mistake: 'filters by status before it takes the newest',
    create: () => new StatusBeforeNewest(),
  },
  { name: 'kind-is-prefix', mistake: 'lists records of kinds that begin alike', create: () => new KindIsPrefix() },
  { name: 'prefix-is-pattern', mistake: 'reads a prefix as a pattern', create: () => new PrefixIsPattern() },
  { name: 'page-by-offset', mistake: 'pages by offset, so writes shift rows', create: () => new PageByOffset() },
  { name: 'page-skips-a-row', mistake: 'cuts a unit at the end of a page', create: () => new PageSkipsARow() },
  {
    name: 'records-by-offset',
    mistake: 'pages records by offset, so a change skips some',
    create: () => new RecordsByOffset(),
  },
  {
    name: 'page-of-its-rows',
    mistake: 'says the sequence of a row for that of the page',
    create: () => new PageOfItsRows(),
  },
  {
    name: 'units-from-inclusive',
    mistake: 'gives the unit that was seen again',
    create: () => new UnitsFromInclusive(),
  },
  { name: 'head-of-page', mistake: 'takes the last unit of a page for the head', create: () => new HeadOfPage() },
];
