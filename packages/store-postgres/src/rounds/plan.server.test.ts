import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type { Needs } from '@holdfast/kernel';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../../test/postgres-harness.ts';
import { SimpleJournal } from '../../test/simple-journal.ts';
import { createPostgresStore, migrate } from '../index.ts';
import type { SqlSession, SqlStatement } from '../sessions/sql-session.ts';
import { runAppend } from './append.ts';
import { runLoad } from './load.ts';
import { roundStatements } from './statements.ts';

const schema = freshSchema();
const statements = roundStatements({ quoted: `"${schema}"`, named: true });
const journal = new SimpleJournal();
let client: pg.PoolClient;
let pool: pg.Pool;

beforeAll(async () => {
  pool = openPool(postgresUrl());
  (await migrate(pool, { schema }))._unsafeUnwrap();
  const store = createPostgresStore({ client: pool, schema });
  for (let batch = 0; batch < 10; batch++) {
    const { before, changes } = journal.batch(transfers(batch, 500), {
      records: Array.from({ length: 200 }, (_, index) => ({
        record: `offer/${batch}-${index}`,
        sequence: 1 + batch * 500,
        version: 1,
        status: 'open',
        state: '{}',
        touches: [`users:${index}:available USD`],
      })),
      claims: Array.from({ length: 200 }, (_, index) => ({
        claim: `c:${batch}-${index}`,
        sequence: 1 + batch * 500,
        holder: 'offer/1',
      })),
    });
    expect((await store.append('main', before, changes))._unsafeUnwrap()).toBe('appended');
  }
  for (let batch = 100; batch < 200; batch++) {
    const { before, changes } = journal.batch(transfers(batch, 1));
    expect((await store.append('main', before, changes))._unsafeUnwrap()).toBe('appended');
  }
  client = await pool.connect();
});
afterAll(async () => {
  client.release();
  await pool.query(`drop schema ${schema} cascade`);
  await pool.end();
});

const needs: Needs = {
  keys: Array.from({ length: 200 }, (_, index) => `host 3.${index}`),
  accounts: Array.from({ length: 200 }, (_, index) => `users:${index * 3}:available USD`),
  records: Array.from({ length: 50 }, (_, index) => `offer/4-${index}`),
  claims: Array.from({ length: 50 }, (_, index) => `c:5-${index}`),
};

function transfers(batch: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    key: `host ${batch}.${index}`,
    from: 'world:bank',
    to: `users:${(batch * 97 + index) % 1_000}:available`,
    amount: 1n,
  }));
}

describe.each([
  ['as the tables are when nobody counted them yet', ''],
  ['after statistics were taken', `analyze`],
])('the plan of a round, %s', (_when, before) => {
  it('loads through indexes alone', async () => {
    if (before) await pool.query(before);
    const plan = await planOf((session) => runLoad(session, statements.load(), 'main', needs).catch(() => {}));
    expect(plan).not.toMatch(/Seq Scan/);
    for (const index of ['batch_pkey', 'unit_key', 'account_pkey', 'line_pkey', 'record_pkey', 'claim_pkey'])
      expect(plan).toContain(index);
  });

  it('appends without reading a table', async () => {
    const { before: head, changes } = new SimpleJournal(journal.head, journal.balances).batch(transfers(99, 100));
    const lock = { key: '1', timeoutMs: 1_000 };
    const plan = await planOf((session) =>
      runAppend(session, statements.append, { book: 'main', head, changes, lock }),
    );
    expect(plan).not.toMatch(/Seq Scan on (?!task)/);
    expect(plan).toContain('batch_pkey');
  });
});

describe('the plans that the server keeps', () => {
  it('are kept after five calls, since counting the values of one call makes no plan look cheaper', async () => {
    const one = await pool.connect();
    const session: SqlSession = {
      run: async ({ text, values, name }) => ({
        rows: (await one.query({ text, values: values as string[], ...(name === undefined ? {} : { name }) })).rows,
      }),
    };
    for (let call = 0; call < 12; call++) await runLoad(session, statements.load(), 'main', needs);
    const { rows } = await one.query('select name, generic_plans::int as kept from pg_prepared_statements');
    one.release();
    expect(rows).toEqual([{ name: statements.load().name, kept: 7 }]);
  });

  it('are made anew each time the journal has grown fourfold', () => {
    const growing = roundStatements({ quoted: '"s"', named: true });
    const names = [0, 255, 256, 1_023, 1_024, 500_000, 10].map((sequence) => {
      growing.grownTo(sequence);
      return growing.load().name?.split('_').at(-1);
    });
    expect(names).toEqual(['0', '0', '1', '1', '2', '6', '6']);
    const ofManyBooks = roundStatements({ quoted: '"s"', named: true });
    for (let book = 0; book < 300; book++) ofManyBooks.grownBy(1);
    expect(ofManyBooks.append([]).name).toMatch(/^holdfast_append_[0-9a-f]{16}_1$/);
  });

  it('are not kept where names are not wanted', () => {
    const unnamed = roundStatements({ quoted: '"s"', named: false });
    expect([unnamed.load().name, unnamed.append([]).name]).toEqual([undefined, undefined]);
  });
});

/** Gives the plan of the statement that a call sends, as it would be kept for any values. */
async function planOf(call: (session: SqlSession) => Promise<unknown>): Promise<string> {
  let sent: SqlStatement | undefined;
  await call({
    run: async (statement) => {
      sent = statement;
      return { rows: [{}] };
    },
  });
  if (!sent) throw new Error('nothing was sent');
  const count = sent.values?.length ?? 0;
  await client.query(`prepare planned as ${sent.text}`);
  await client.query('set plan_cache_mode = force_generic_plan');
  const { rows } = await client.query(
    `explain execute planned(${Array.from({ length: count }, () => 'null').join(', ')})`,
  );
  await client.query('reset plan_cache_mode');
  await client.query('deallocate planned');
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
