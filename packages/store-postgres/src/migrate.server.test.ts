import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { genesis } from '@holdfast/kernel';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../test/postgres-harness.ts';
import { nothing } from '../test/simple-journal.ts';
import { createPostgresStore, migrate, migrationFiles } from './index.ts';

let pool: pg.Pool;
let schema: string;
const made: string[] = [];

beforeAll(() => {
  pool = openPool(postgresUrl(), { max: 20 });
});
beforeEach(() => {
  schema = freshSchema();
  made.push(schema);
});
afterAll(async () => {
  for (const name of made) await pool.query(`drop schema if exists ${name} cascade`);
  await pool.end();
});

describe('migrate', () => {
  it('runs every step, and nothing the second time', async () => {
    expect((await migrate(pool, { schema }))._unsafeUnwrap()).toEqual([
      '0001_journal',
      '0002_views',
      '0003_periods_and_epochs',
      '0004_records_by_status',
    ]);
    expect((await migrate(pool, { schema }))._unsafeUnwrap()).toEqual([]);
  });

  it('runs each step once when twenty try at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => migrate(pool, { schema })));
    const ran = all.flatMap((result) => result._unsafeUnwrap());
    expect(ran).toEqual(['0001_journal', '0002_views', '0003_periods_and_epochs', '0004_records_by_status']);
  });

  it('leaves nothing behind when a step fails', async () => {
    await pool.query(`create schema ${schema}`);
    await pool.query(`create table ${schema}.line (taken text)`);
    const failed = (await migrate(pool, { schema }))._unsafeUnwrapErr();
    expect(failed).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
    const { rows } = await pool.query(
      'select relname from pg_class join pg_namespace n on n.oid = relnamespace where nspname = $1',
      [schema],
    );
    expect(rows).toEqual([{ relname: 'line' }]);
  });

  it('does what its SQL files do', async () => {
    const byFiles = freshSchema();
    made.push(byFiles);
    await migrate(pool, { schema });
    for (const { sql } of migrationFiles({ schema: byFiles })) await pool.query(sql);
    expect(await shapeOf(byFiles)).toEqual(await shapeOf(schema));
    expect((await migrate(pool, { schema: byFiles }))._unsafeUnwrap()).toEqual([]);
    const [first] = migrationFiles({ schema: byFiles });
    await expect(pool.query(first?.sql ?? '')).rejects.toThrow();
  });

  it('makes tables whose keys all begin with the book, without triggers or foreign keys', async () => {
    await migrate(pool, { schema });
    const { rows } = await pool.query(
      `select c.relname, (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) as leading
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and i.indisunique and c.relname <> 'migration'`,
      [schema],
    );
    expect(rows.length).toBe(9);
    expect(new Set(rows.map((row) => row.leading))).toEqual(new Set(['book']));
    const others = await pool.query(
      `select count(*)::int as found from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = $1 and c.contype in ('f', 't')`,
      [schema],
    );
    expect(others.rows[0].found).toBe(0);
  });
});

describe('the step of periods and epochs', () => {
  it('leaves a book that is there already as it was, and its processes go on meanwhile', async () => {
    const [journal, views, step, ...later] = migrationFiles({ schema });
    for (const file of [journal, views]) await pool.query(file?.sql ?? '');
    const insert = `insert into ${schema}.batch (book, number, sequence, digest, at, format)
      values ('main', $1, 0, repeat('a', 64), '2026-01-01T00:00:00.000Z', 1)`;
    await pool.query(insert, [1]);
    await pool.query(step?.sql ?? '');
    // As a process writes that was started before.
    await pool.query(insert, [2]);
    for (const { sql } of later) await pool.query(sql);
    const store = createPostgresStore({ client: pool, schema });
    const heads = await collect(store.projectBatches('main'));
    const head = { sequence: 0, digest: 'a'.repeat(64), at: '2026-01-01T00:00:00.000Z' };
    expect(heads).toEqual([
      { ...genesis, ...head, number: 1 },
      { ...genesis, ...head, number: 2 },
    ]);
    expect((await store.load('main', nothing))._unsafeUnwrap().head).toEqual({ ...genesis, ...head, number: 2 });
    await store.close();
  });
});

describe('a store on a schema', () => {
  it('answers that a schema is missing, and works once it was made', async () => {
    const store = createPostgresStore({ client: pool, schema });
    expect((await store.load('b', nothing))._unsafeUnwrapErr()).toMatchObject({
      code: 'schema_missing',
      effect: 'none',
    });
    await pool.query(`create schema ${schema}`);
    expect((await store.readHead('b'))._unsafeUnwrapErr().code).toBe('schema_missing');
    await migrate(pool, { schema });
    expect((await store.load('b', nothing))._unsafeUnwrap().head).toEqual(genesis);
    await store.close();
  });

  it('refuses to start on a newer step that breaks, and starts on one that does not', async () => {
    await migrate(pool, { schema });
    await pool.query(`insert into ${schema}.migration values (9, '0009_more', false)`);
    const fine = createPostgresStore({ client: pool, schema });
    expect((await fine.load('b', nothing)).isOk()).toBe(true);
    await pool.query(`insert into ${schema}.migration values (10, '0010_other', true)`);
    const late = createPostgresStore({ client: pool, schema });
    for (const answer of [
      await late.load('b', nothing),
      await late.readHead('b'),
      await late.locked('b', async () => 1),
    ]) {
      expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'schema_too_new', retryable: false, effect: 'none' });
    }
    await expect(collect(late.projectLines('b'))).rejects.toMatchObject({ fault: { code: 'schema_too_new' } });
    await fine.close();
    await late.close();
  });

  it.each(['public; drop', 'a"b', 'A', '', '1a', 'pg_temp', 'ä', 'x'.repeat(49)])(
    'refuses the schema name %j',
    (name) => {
      expect(() => createPostgresStore({ client: pool, schema: name })).toThrow(/^schema is /);
      expect(() => migrationFiles({ schema: name })).toThrow(/^schema is /);
    },
  );
});

async function shapeOf(name: string): Promise<unknown> {
  const columns = await pool.query(
    `select table_name, column_name, data_type, collation_name, is_nullable, column_default from information_schema.columns
     where table_schema = $1 order by 1, ordinal_position`,
    [name],
  );
  const indexes = await pool.query(
    `select replace(indexdef, $1, 's') as text from pg_indexes where schemaname = $1 order by indexname`,
    [name],
  );
  expect(columns.rows.length).toBeGreaterThan(100);
  return [columns.rows, indexes.rows];
}

async function collect(rows: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
