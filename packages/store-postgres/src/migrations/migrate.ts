import type { SqlSession, SqlSource } from '../sessions/sql-session.ts';
import { lockKey } from '../sql/lock-key.ts';
import { quoteSchema } from '../sql/schema-name.ts';
import { migrations } from './index.ts';
import type { Migration } from './migration.ts';

/** Runs the steps that a schema lacks, in one transaction, one at a time whoever else tries. Returns the names of those it ran. */
export function runMigrations(source: SqlSource, schema: string): Promise<readonly string[]> {
  const quoted = quoteSchema(schema);
  return source.transaction(async (session) => {
    await session.run({
      text: 'select pg_advisory_xact_lock($1::bigint)::text',
      values: [lockKey(schema, 'migrations')],
    });
    if (!(await hasTable(session, schema, 'migration'))) await createSchema(session, schema, quoted);
    const done = await appliedNumbers(session, quoted);
    const missing = migrations.filter(({ number }) => !done.has(number));
    for (const migration of missing) await apply(session, quoted, migration);
    return missing.map(({ name }) => name);
  });
}

/** Gives the statements that make the table of steps. */
export function schemaStatements(quoted: string): readonly string[] {
  return [
    `create schema if not exists ${quoted}`,
    `create table if not exists ${quoted}.migration (
  number integer primary key,
  name text not null,
  breaking boolean not null,
  applied_at timestamptz not null default clock_timestamp()
)`,
  ];
}

/** Gives a step's statements for a schema. */
export function statementsOf(migration: Migration, quoted: string): readonly string[] {
  return migration.statements.map((statement) => statement.replaceAll('"holdfast"', quoted));
}

async function createSchema(session: SqlSession, schema: string, quoted: string): Promise<void> {
  const [create, ...tables] = schemaStatements(quoted);
  const { rows } = await session.run({ text: 'select 1 from pg_namespace where nspname = $1', values: [schema] });
  // A role that may not create schemas can still fill one that was made for it.
  if (rows.length === 0 && create) await session.run({ text: create });
  for (const text of tables) await session.run({ text });
}

async function apply(session: SqlSession, quoted: string, migration: Migration): Promise<void> {
  for (const text of statementsOf(migration, quoted)) await session.run({ text });
  for (const table of migration.tables) await distribute(session, `${quoted}.${table}`);
  await session.run({
    text: `insert into ${quoted}.migration (number, name, breaking) values ($1::text::integer, $2, $3::text::boolean)`,
    values: [String(migration.number), migration.name, String(migration.breaking)],
  });
}

/** Spreads a table by book where the database can: all tables of a book then lie on one machine. */
async function distribute(session: SqlSession, table: string): Promise<void> {
  const { rows } = await session.run({ text: `select to_regproc('create_distributed_table')::text as found` });
  if (typeof rows[0]?.found !== 'string') return;
  const spread = await session.run({
    text: 'select 1 from pg_dist_partition where logicalrelid = $1::text::regclass',
    values: [table],
  });
  if (spread.rows.length > 0) return;
  await session.run({ text: `select create_distributed_table($1::text::regclass, 'book')::text`, values: [table] });
}

async function hasTable(session: SqlSession, schema: string, table: string): Promise<boolean> {
  const { rows } = await session.run({
    text: 'select 1 from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname = $1 and relname = $2',
    values: [schema, table],
  });
  return rows.length > 0;
}

async function appliedNumbers(session: SqlSession, quoted: string): Promise<ReadonlySet<number>> {
  const { rows } = await session.run({ text: `select number::text from ${quoted}.migration` });
  return new Set(rows.map((row) => Number(row.number)));
}
