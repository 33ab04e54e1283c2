import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type { Line, Store } from '@holdfast/kernel';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../../test/postgres-harness.ts';
import { SimpleJournal } from '../../test/simple-journal.ts';
import { createPostgresStore, type HostClient, migrate } from '../index.ts';

const schema = freshSchema();
const journal = new SimpleJournal();
let pool: pg.Pool;
let store: Store<HostClient>;

beforeAll(async () => {
  pool = openPool(postgresUrl());
  (await migrate(pool, { schema }))._unsafeUnwrap();
  store = createPostgresStore({ client: pool, schema });
  await append(2_600);
});
afterAll(async () => {
  await pool.query(`drop schema ${schema} cascade`);
  await pool.end();
});

async function append(count: number): Promise<void> {
  const at = journal.head.number;
  const transfers = Array.from({ length: count }, (_, index) => ({
    key: `host ${at}.${index}`,
    from: 'world:bank',
    to: 'users:1:available',
    amount: 1n,
  }));
  const { before, changes } = journal.batch(transfers);
  expect((await store.append('main', before, changes))._unsafeUnwrap()).toBe('appended');
}

describe('cursors', () => {
  it.each(['', '1', '1.2', `${'9'.repeat(17)}.000000`, "0000000000000001.000000' or true", '-000000000000001.000000'])(
    'of lines that no page gave are refused: %j',
    async (after) => {
      const answer = await store.readLines('main', { account: 'world:bank USD', order: 'newest', limit: 5, after });
      expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
    },
  );

  it.each(["'; drop table x; --", '%', '\\', 'users:1:available USD'])(
    'of accounts are names, whatever they hold: %j',
    async (after) => {
      const { rows } = (await store.readAccounts('main', { limit: 5, after }))._unsafeUnwrap();
      const expected = ['users:1:available USD', 'world:bank USD'].filter((account) => account > after);
      expect(rows.map(({ account }) => account)).toEqual(expected);
    },
  );

  it.each([Number.NaN, 1.5, -2, Number.POSITIVE_INFINITY])(
    'with the limit %s are a fault, never an exception',
    async (limit) => {
      expect((await store.readUnits('main', { after: 0, limit }))._unsafeUnwrapErr()).toMatchObject({
        fault: true,
        effect: 'none',
      });
      expect((await store.readAccounts('main', { limit }))._unsafeUnwrapErr()).toMatchObject({
        fault: true,
        effect: 'none',
      });
    },
  );
});

describe('projections', () => {
  it('give every row once, over several pages, and none that came after their start', async () => {
    const start = journal.head.sequence;
    const seen: Line[] = [];
    for await (const line of store.projectLines('main')) {
      if (seen.length === 100) await append(5);
      seen.push(line);
    }
    expect(seen.length).toBe(2 * start);
    expect(new Set(seen.map((line) => `${line.account} ${line.sequence}`)).size).toBe(2 * start);
    expect(Math.max(...seen.map((line) => line.sequence))).toBe(start);
  });

  it('need no connection between their pages', async () => {
    const one = openPool(postgresUrl(), { max: 1 });
    const narrow = createPostgresStore({ client: one, schema });
    let units = 0;
    for await (const _unit of narrow.projectUnits('main')) {
      if (units++ === 0) expect((await narrow.readHead('main')).isOk()).toBe(true);
    }
    expect(units).toBe(journal.head.sequence);
    await one.end();
  });
});
