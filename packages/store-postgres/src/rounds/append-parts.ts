import type { Changes, TaskChange } from '@holdfast/kernel';
import { encodeAccountState } from '../sql/account-state.ts';
import { columnOf, joinLines } from '../sql/lines-of-text.ts';

/** One table's part in an append. Most batches touch two or three tables, and the statement names only those: a plan of all would cost more than a small batch. */
export interface AppendPart {
  readonly name: string;
  /** How many parameters it takes. */
  readonly width: number;
  /** Gives its values, a column each; none where the changes do not touch the table. */
  columns(changes: Changes): readonly string[] | undefined;
  /** Gives its query, which joins what it writes to `moved`. */
  sql(schema: string, parameters: readonly string[]): string;
}

/** The parts of an append, in the order in which they stand in the statement. */
export const appendParts: readonly AppendPart[] = [
  {
    name: 'units',
    width: 4,
    columns: ({ units }) =>
      units.length === 0
        ? undefined
        : [
            numbers(units, (unit) => unit.sequence),
            joinLines(units.map((unit) => unit.key)),
            joinLines(units.map((unit) => unit.digest)),
            joinLines(units.map((unit) => unit.bytes)),
          ],
    sql: (
      schema,
      [sequence, key, digest, bytes],
    ) => `insert into ${schema}.unit (book, sequence, key, key_hash, digest, bytes)
  select moved.book, z.sequence, z.key, substring(sha256(convert_to(z.key, 'UTF8')) from 1 for 16), z.digest, z.bytes
  from moved, unnest(${columnOf(`${sequence}`, 'bigint')}, ${columnOf(`${key}`)}, ${columnOf(`${digest}`)}, ${columnOf(`${bytes}`)}) as z(sequence, key, digest, bytes)`,
  },
  {
    name: 'lines',
    width: 5,
    columns: ({ lines }) =>
      lines.length === 0
        ? undefined
        : [
            joinLines(lines.map((line) => line.account)),
            numbers(lines, (line) => line.sequence),
            numbers(lines, (line) => line.ordinal),
            numbers(lines, (line) => line.amount),
            numbers(lines, (line) => line.balance),
          ],
    sql: (
      schema,
      [account, sequence, ordinal, amount, balance],
    ) => `insert into ${schema}.line (book, account, sequence, ordinal, amount, balance)
  select moved.book, z.* from moved, unnest(${columnOf(`${account}`)}, ${columnOf(`${sequence}`, 'bigint')}, ${columnOf(`${ordinal}`, 'integer')},
    ${columnOf(`${amount}`, 'numeric')}, ${columnOf(`${balance}`, 'numeric')}) as z`,
  },
  {
    name: 'accounts',
    width: 3,
    columns: ({ accounts }) =>
      accounts.length === 0
        ? undefined
        : [
            joinLines(accounts.map((row) => row.account)),
            numbers(accounts, (row) => row.sequence),
            joinLines(accounts.map((row) => encodeAccountState(row.state))),
          ],
    sql: (schema, [account, sequence, state]) => `insert into ${schema}.account (book, account, sequence, state)
  select moved.book, z.* from moved, unnest(${columnOf(`${account}`)}, ${columnOf(`${sequence}`, 'bigint')}, ${columnOf(`${state}`)}) as z`,
  },
  {
    name: 'records',
    width: 6,
    columns: ({ records }) =>
      records.length === 0
        ? undefined
        : [
            joinLines(records.map((row) => row.record)),
            numbers(records, (row) => row.sequence),
            numbers(records, (row) => row.version),
            joinLines(records.map((row) => row.status)),
            joinLines(records.map((row) => row.touches.join(','))),
            joinLines(records.map((row) => row.state)),
          ],
    sql: (
      schema,
      [record, sequence, version, status, touches, state],
    ) => `insert into ${schema}.record (book, record, sequence, version, status, touches, state)
  select moved.book, z.record, z.sequence, z.version, z.status, string_to_array(coalesce(z.touches, ''), ','), z.state
  from moved, unnest(${columnOf(`${record}`)}, ${columnOf(`${sequence}`, 'bigint')}, ${columnOf(`${version}`, 'bigint')}, ${columnOf(`${status}`)}, ${columnOf(`${touches}`)},
    ${columnOf(`${state}`)}) as z(record, sequence, version, status, touches, state)`,
  },
  {
    name: 'claims',
    width: 3,
    columns: ({ claims }) =>
      claims.length === 0
        ? undefined
        : [
            joinLines(claims.map((row) => row.claim)),
            numbers(claims, (row) => row.sequence),
            joinLines(claims.map((row) => row.holder ?? '')),
          ],
    sql: (schema, [claim, sequence, holder]) => `insert into ${schema}.claim (book, claim, sequence, holder)
  select moved.book, z.claim, z.sequence, nullif(z.holder, '')
  from moved, unnest(${columnOf(`${claim}`)}, ${columnOf(`${sequence}`, 'bigint')}, ${columnOf(`${holder}`)}) as z(claim, sequence, holder)`,
  },
  {
    name: 'scheduled',
    width: 4,
    columns({ tasks }) {
      const puts = tasks.flatMap((change) => ('put' in change ? [change.put] : []));
      if (puts.length === 0) return undefined;
      return [
        joinLines(puts.map((task) => task.id)),
        joinLines(puts.map((task) => task.dueAt)),
        joinLines(puts.map((task) => task.record)),
        joinLines(puts.map((task) => JSON.stringify(task.command))),
      ];
    },
    sql: (schema, [id, dueAt, record, command]) => `insert into ${schema}.task (book, id, due_at, record, command)
  select moved.book, z.* from moved, unnest(${columnOf(`${id}`)}, ${columnOf(`${dueAt}`)}, ${columnOf(`${record}`)}, ${columnOf(`${command}`)}) as z
  on conflict (book, id) do update set due_at = excluded.due_at, record = excluded.record, command = excluded.command,
    attempts = 0, lease = null, free_at = null, parked = null`,
  },
  {
    name: 'finished',
    width: 1,
    columns({ tasks }) {
      const finished = tasks.flatMap((change: TaskChange) => ('finish' in change ? [change.finish] : []));
      return finished.length === 0 ? undefined : [joinLines(finished)];
    },
    sql: (schema, [id]) =>
      `delete from ${schema}.task using moved, unnest(${columnOf(`${id}`)}) as done(id) where task.book = moved.book and task.id = done.id`,
  },
  {
    name: 'texts',
    width: 1,
    columns: ({ texts }) => (texts.length === 0 ? undefined : [JSON.stringify(texts)]),
    sql: (schema, [texts]) => `insert into ${schema}.text (book, hash, salt, text, sequence)
  select distinct on (z.hash) moved.book, z.hash, z.salt, z.text, z.sequence
  from moved, jsonb_to_recordset(${texts}::text::jsonb) as z(hash text, salt text, text text, sequence bigint) order by z.hash, z.sequence desc
  on conflict (book, hash) do update set salt = excluded.salt, text = excluded.text, sequence = excluded.sequence`,
  },
];

function numbers<Row>(rows: readonly Row[], of: (row: Row) => number | bigint): string {
  let text = '';
  for (let index = 0; index < rows.length; index++)
    text += index === 0 ? `${of(rows[index] as Row)}` : `\n${of(rows[index] as Row)}`;
  return text;
}
