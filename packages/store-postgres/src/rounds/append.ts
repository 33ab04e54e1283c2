import { type Appended, type Changes, Defect, type Head } from '@holdfast/kernel';
import type { SqlSession, SqlStatement } from '../sessions/sql-session.ts';
import { type AppendPart, appendParts } from './append-parts.ts';

/**
 * Gives the one statement that appends a round, its own transaction. It begins with the new batch, on the condition that the newest one is
 * still the one expected by number and digest; every other insert is joined to that, so all or nothing happens. Two that try at once meet in
 * the batch's primary key. The book's lock is shared by those who append, so that whoever holds it alone keeps them out.
 */
export function appendSql(schema: string, parts: readonly AppendPart[]): string {
  let next = FIXED + 1;
  const queries = parts.map((part) => {
    const parameters = Array.from({ length: part.width }, () => `$${next++}`);
    return `, ${part.name} as (\n  ${part.sql(schema, parameters)}\n)`;
  });
  return `with waiting as materialized (
  select set_config('lock_timeout', coalesce(nullif($5, ''), current_setting('lock_timeout')), true)
), guard as materialized (
  select pg_advisory_xact_lock_shared($4::text::bigint) from waiting
), moved as (
  insert into ${schema}.batch (book, number, sequence, digest, at, format, closed_before, epoch)
  select $1, $2::text::bigint + 1, $6::text::bigint, $7, $8, $9::text::integer, $10, $11::text::bigint from guard
  where ($2::text::bigint = 0 and $3 = repeat('0', 64))
    or ($2::text::bigint, $3::text) = (select number, digest from ${schema}.batch
      where book = $1 and number <= $2::text::bigint order by number desc limit 1)
  on conflict (book, number) do nothing
  returning book
)${queries.join('')}
select 1::text as appended from moved`;
}

/** Where an append waits. */
export interface AppendLock {
  readonly key: string;
  /** Empty: as the transaction has it. */
  readonly timeoutMs: number | '';
}

/** Appends a round on a session. */
export async function runAppend(
  session: SqlSession,
  statementOf: (parts: readonly AppendPart[]) => SqlStatement,
  {
    book,
    head,
    changes,
    lock,
  }: { readonly book: string; readonly head: Head; readonly changes: Changes; readonly lock: AppendLock },
): Promise<Appended> {
  if (changes.head.number !== head.number + 1)
    throw new Defect(`batch ${changes.head.number} cannot follow batch ${head.number}`);
  const { sequence, digest, at, format, closedBefore, epoch } = changes.head;
  const values = [
    book,
    `${head.number}`,
    head.digest,
    lock.key,
    `${lock.timeoutMs}`,
    `${sequence}`,
    digest,
    at,
    `${format}`,
    closedBefore,
    `${epoch}`,
  ];
  const parts: AppendPart[] = [];
  for (const part of appendParts) {
    const columns = part.columns(changes);
    if (!columns) continue;
    parts.push(part);
    values.push(...columns);
  }
  const { rows } = await session.run({ ...statementOf(parts), values });
  return rows.length === 0 ? 'head_moved' : 'appended';
}

/** How many parameters every append has. */
const FIXED = 11;
