import { mapFault } from '../sessions/map-fault.ts';
import type { SqlRow, SqlSession, SqlSource } from '../sessions/sql-session.ts';
import { StoreTrouble } from './store-trouble.ts';

/** What is streamed, and in which order. */
export interface RowStream<Row> {
  readonly source: SqlSource;
  readonly check: (session: SqlSession) => Promise<void>;
  readonly book: string;
  readonly table: string;
  /** Of the key's columns, each under its own name, and the rest. */
  readonly columns: string;
  /** The rest of the primary key after the book: the order. */
  readonly key: readonly string[];
  /** The column that only grows, by which later rows are left out; none where rows are not only added. */
  readonly bound: string | undefined;
  /** The rows are short, so a page of them goes as one text. */
  readonly short: boolean;
  readonly decode: (row: SqlRow) => Row;
}

/** Streams all rows of a book, a page at a time, each page continuing behind the last row's key. Throws {@link StoreTrouble}. */
export async function* streamRows<Row>(stream: RowStream<Row>): AsyncGenerator<Row> {
  const { source, check, book, decode, key } = stream;
  try {
    await check(source);
    const bound = await boundOf(stream);
    let after: readonly (string | null)[] | undefined;
    for (;;) {
      const { rows: answer } = await source.run(pageStatement(stream, bound, after));
      const rows = stream.short ? apart(answer) : answer;
      for (const row of rows) yield decode(row);
      const last = rows.at(-1);
      if (!last || rows.length < sizeOf(stream)) return;
      after = key.map((column) => last[column] ?? null);
    }
  } catch (error) {
    throw new StoreTrouble(mapFault(error, 'none'), `while the rows of ${book} were read`);
  }
}

async function boundOf({ source, table, book, bound }: RowStream<unknown>): Promise<string | null> {
  if (bound === undefined) return null;
  const { rows } = await source.run({
    text: `select max(${bound})::text as newest from ${table} where book = $1`,
    values: [book],
  });
  return rows[0]?.newest ?? '0';
}

function pageStatement(
  stream: RowStream<unknown>,
  newest: string | null,
  after: readonly (string | null)[] | undefined,
): { readonly text: string; readonly values: readonly (string | null)[] } {
  const { table, columns, key, bound, book, short } = stream;
  const values: (string | null)[] = [book];
  let where = 'book = $1';
  if (bound !== undefined) where += ` and ${bound} <= $${values.push(newest)}::text::bigint`;
  if (after) {
    const place = key.map(
      (column, index) => `$${values.push(after[index] ?? null)}::text${NUMBERS.has(column) ? '::bigint' : ''}`,
    );
    where += ` and (${key.join(', ')}) > (${place.join(', ')})`;
  }
  const name = table.slice(table.indexOf('.') + 1);
  const order = key.map((column) => `${name}.${column}`).join(', ');
  const page = `select ${columns} from ${table} where ${where} order by ${order} limit ${sizeOf(stream)}`;
  // Of a sorted list and nothing else, so the rows are put together in its order.
  return { text: short ? `select json_agg(page)::text as page from (${page}) page` : page, values };
}

/** Takes a page of short rows apart. The database wrote it, so it is JSON whatever the rows hold. */
function apart([answer]: readonly SqlRow[]): readonly SqlRow[] {
  return JSON.parse(answer?.page ?? '[]') as readonly SqlRow[];
}

/** Gives how many rows a page has. Where nobody counted a table yet the database sorts all that is left for each page, so pages are large. */
function sizeOf({ short }: RowStream<unknown>): number {
  return short ? 5_000 : 2_000;
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'sequence', 'ordinal']);
