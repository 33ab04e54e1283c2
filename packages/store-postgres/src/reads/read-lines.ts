import { type Line, type Page, type Paging, type StoreFault, storeFault } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { decodeLine, LINE_COLUMNS } from './decode.ts';
import { listSql, pageOf } from './page.ts';
import type { Reading } from './reading.ts';

/** Reads the lines of an account, a page at a time. */
export async function readLines(
  reading: Reading,
  schema: string,
  book: string,
  { account, order, limit, after }: Paging & { readonly account: string; readonly order: 'newest' | 'oldest' },
): Promise<Result<Page<Line>, StoreFault>> {
  const place = placeOf(after, order);
  if (!place) {
    return err(
      storeFault('store_refused', 'after is no cursor of a list of lines', { retryable: false, effect: 'none' }),
    );
  }
  const [beyond, way] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc'];
  const list = `select account as found, ${LINE_COLUMNS} from ${schema}.line
    where book = $1 and account = $2 and (sequence, ordinal) ${beyond} ($3::text::bigint, $4::text::integer)
    order by line.sequence ${way}, line.ordinal ${way} limit $5::text::bigint`;
  return reading(listSql(schema, list), [book, account, ...place, `${limit + 1}`], (rows) =>
    pageOf(rows, { limit, decode: decodeLine, cursor }),
  );
}

function placeOf(after: string | undefined, order: 'newest' | 'oldest'): readonly [string, string] | undefined {
  if (after === undefined) return order === 'newest' ? [`${Number.MAX_SAFE_INTEGER}`, '0'] : ['0', '0'];
  const [, sequence, ordinal] = /^(\d{16})\.(\d{6})$/.exec(after) ?? [];
  return sequence === undefined || ordinal === undefined ? undefined : [sequence, ordinal];
}

/** Gives a line's place as a text that sorts like it. */
function cursor({ sequence, ordinal }: Line): string {
  return `${`${sequence}`.padStart(16, '0')}.${`${ordinal}`.padStart(6, '0')}`;
}
