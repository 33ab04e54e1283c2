import { type Appended, type Changes, Defect, type Head } from '@holdfast/kernel';
import type { SqlSession } from '../sessions/sql-session.ts';
import { encodeAccountState } from '../sql/account-state.ts';
import { columnOf, joinLines } from '../sql/lines-of-text.ts';

/**
 * Gives the one statement that appends a round, its own transaction. It begins with the new batch, on the condition that the newest one is
 * still the one expected by number and digest; every other insert is joined to that, so all or nothing happens. Two that try at once meet in
 * the batch's primary key. The book's lock is shared by those who append, so that whoever holds it alone keeps them out.
 */
export function appendSql(schema: string): string {
  return `with waiting as materialized (
  select set_config('lock_timeout', coalesce(nullif($5, ''), current_setting('lock_timeout')), true)
), guard as materialized (
  select pg_advisory_xact_lock_shared($4::text::bigint) from waiting
), moved as (
  insert into ${schema}.batch (book, number, sequence, digest, at, format)
  select $1, $2::text::bigint + 1, $6::text::bigint, $7, $8, $9::text::integer from guard
  where ($2::text::bigint = 0 and $3 = repeat('0', 64))
    or ($2::text::bigint, $3::text) = (select number, digest from ${schema}.batch
      where book = $1 and number <= $2::text::bigint order by number desc limit 1)
  on conflict (book, number) do nothing
  returning book
), units as (
  insert into ${schema}.unit (book, sequence, key, key_hash, digest, bytes)
  select moved.book, z.sequence, z.key, substring(sha256(convert_to(z.key, 'UTF8')) from 1 for 16), z.digest, z.bytes
  from moved, unnest(${columnOf('$10', 'bigint')}, ${columnOf('$11')}, ${columnOf('$12')}, ${columnOf('$13')}) as z(sequence, key, digest, bytes)
), lines as (
  insert into ${schema}.line (book, account, sequence, ordinal, amount, balance)
  select moved.book, z.* from moved, unnest(${columnOf('$14')}, ${columnOf('$15', 'bigint')}, ${columnOf('$16', 'integer')},
    ${columnOf('$17', 'numeric')}, ${columnOf('$18', 'numeric')}) as z
), accounts as (
  insert into ${schema}.account (book, account, sequence, state)
  select moved.book, z.* from moved, unnest(${columnOf('$19')}, ${columnOf('$20', 'bigint')}, ${columnOf('$21')}) as z
), records as (
  insert into ${schema}.record (book, record, sequence, version, status, touches, state)
  select moved.book, z.record, z.sequence, z.version, z.status, string_to_array(coalesce(z.touches, ''), ','), z.state
  from moved, unnest(${columnOf('$22')}, ${columnOf('$23', 'bigint')}, ${columnOf('$24', 'bigint')}, ${columnOf('$25')}, ${columnOf('$26')},
    ${columnOf('$27')}) as z(record, sequence, version, status, touches, state)
), claims as (
  insert into ${schema}.claim (book, claim, sequence, holder)
  select moved.book, z.claim, z.sequence, nullif(z.holder, '')
  from moved, unnest(${columnOf('$28')}, ${columnOf('$29', 'bigint')}, ${columnOf('$30')}) as z(claim, sequence, holder)
), scheduled as (
  insert into ${schema}.task (book, id, due_at, record, command)
  select moved.book, z.* from moved, unnest(${columnOf('$31')}, ${columnOf('$32')}, ${columnOf('$33')}, ${columnOf('$34')}) as z
  on conflict (book, id) do update set due_at = excluded.due_at, record = excluded.record, command = excluded.command,
    attempts = 0, lease = null, free_at = null, parked = null
), finished as (
  delete from ${schema}.task using moved, unnest(${columnOf('$35')}) as done(id) where task.book = moved.book and task.id = done.id
), texts as (
  insert into ${schema}.text (book, hash, salt, text, sequence)
  select distinct on (z.hash) moved.book, z.hash, z.salt, z.text, z.sequence
  from moved, jsonb_to_recordset($36::text::jsonb) as z(hash text, salt text, text text, sequence bigint) order by z.hash, z.sequence desc
  on conflict (book, hash) do update set salt = excluded.salt, text = excluded.text, sequence = excluded.sequence
)
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
  { text, name }: { readonly text: string; readonly name?: string },
  {
    book,
    head,
    changes,
    lock,
  }: { readonly book: string; readonly head: Head; readonly changes: Changes; readonly lock: AppendLock },
): Promise<Appended> {
  if (changes.head.number !== head.number + 1)
    throw new Defect(`batch ${changes.head.number} cannot follow batch ${head.number}`);
  const values = [book, `${head.number}`, head.digest, lock.key, `${lock.timeoutMs}`, ...columnsOf(changes)];
  const { rows } = await session.run({ text, values, ...(name === undefined ? {} : { name }) });
  return rows.length === 0 ? 'head_moved' : 'appended';
}

function columnsOf({ head, units, lines, accounts, records, claims, tasks, texts }: Changes): string[] {
  const puts = tasks.flatMap((change) => ('put' in change ? [change.put] : []));
  return [
    `${head.sequence}`,
    head.digest,
    head.at,
    `${head.format}`,
    numbers(units, (unit) => unit.sequence),
    joinLines(units.map((unit) => unit.key)),
    joinLines(units.map((unit) => unit.digest)),
    joinLines(units.map((unit) => unit.bytes)),
    joinLines(lines.map((line) => line.account)),
    numbers(lines, (line) => line.sequence),
    numbers(lines, (line) => line.ordinal),
    numbers(lines, (line) => line.amount),
    numbers(lines, (line) => line.balance),
    joinLines(accounts.map((row) => row.account)),
    numbers(accounts, (row) => row.sequence),
    joinLines(accounts.map((row) => encodeAccountState(row.state))),
    joinLines(records.map((row) => row.record)),
    numbers(records, (row) => row.sequence),
    numbers(records, (row) => row.version),
    joinLines(records.map((row) => row.status)),
    joinLines(records.map((row) => row.touches.join(','))),
    joinLines(records.map((row) => row.state)),
    joinLines(claims.map((row) => row.claim)),
    numbers(claims, (row) => row.sequence),
    joinLines(claims.map((row) => row.holder ?? '')),
    joinLines(puts.map((task) => task.id)),
    joinLines(puts.map((task) => task.dueAt)),
    joinLines(puts.map((task) => task.record)),
    joinLines(puts.map((task) => JSON.stringify(task.command))),
    joinLines(tasks.flatMap((change) => ('finish' in change ? [change.finish] : []))),
    JSON.stringify(texts),
  ];
}

function numbers<Row>(rows: readonly Row[], of: (row: Row) => number | bigint): string {
  let text = '';
  for (let index = 0; index < rows.length; index++)
    text += index === 0 ? `${of(rows[index] as Row)}` : `\n${of(rows[index] as Row)}`;
  return text;
}
