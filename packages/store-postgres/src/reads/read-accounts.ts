import type { AccountSeen, Page, Paging, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import type { SqlRow } from '../sessions/sql-session.ts';
import { minorOf } from '../sql/decode-row.ts';
import { decodeAccountRow } from './decode.ts';
import { listSql, pageOf } from './page.ts';
import type { Reading } from './reading.ts';

type Account = AccountSeen & { readonly account: string };

/** Reads accounts by prefix. The prefix bounds the index's range and is compared as it is, so no letter in it is a wildcard. */
export function readAccounts(
  reading: Reading,
  schema: string,
  book: string,
  { prefix = '', asOf, limit, after }: Paging & { readonly prefix?: string; readonly asOf?: number },
): Promise<Result<Page<Account>, StoreFault>> {
  const list = `select opened.account as found, opened.account, opened.sequence::text, opened.state, coalesce(l.balance, 0)::text as balance
    from (select distinct on (account) * from ${schema}.account
      where book = $1 and account >= $2 and starts_with(account, $2) and ($3::text is null or account > $3)
        and sequence <= coalesce($4::text::bigint, 9223372036854775807)
      order by account, sequence desc) opened
    left join lateral (select balance from ${schema}.line
      where book = $1 and account = opened.account and sequence <= coalesce($4::text::bigint, 9223372036854775807)
      order by sequence desc, ordinal desc limit 1) l on true
    order by opened.account limit $5::text::bigint`;
  const values = [book, prefix, after ?? null, asOf === undefined ? null : `${asOf}`, `${limit + 1}`];
  return reading(listSql(schema, list), values, (rows) =>
    pageOf(rows, { limit, decode, cursor: ({ account }) => account }),
  );
}

function decode(row: SqlRow): Account {
  const { account, state } = decodeAccountRow(row);
  return { account, state, balance: minorOf(row.balance, `the balance of ${account}`) };
}
