import { PGlite } from '@electric-sql/pglite';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type { Rounds, Store } from '@holdfast/kernel';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../test/postgres-harness.ts';
import { nothing, SimpleJournal } from '../test/simple-journal.ts';
import { createPostgresStore, type HostClient, migrate } from './index.ts';

const schema = freshSchema();
let pool: pg.Pool;
let kysely: Kysely<unknown>;
let store: Store<HostClient>;
let book: string;

beforeAll(async () => {
  pool = openPool(postgresUrl());
  kysely = new Kysely({ dialect: new PostgresDialect({ pool: openPool(postgresUrl()) }) });
  (await migrate(pool, { schema }))._unsafeUnwrap();
  await pool.query(`create table ${schema}.job (id text primary key)`);
  store = createPostgresStore({ client: pool, schema, lockTimeoutMs: 150 });
});
beforeEach(async () => {
  book = freshSchema();
  await pool.query(`delete from ${schema}.job`);
});
afterAll(async () => {
  await pool.query(`drop schema ${schema} cascade`);
  await kysely.destroy();
  await pool.end();
});

const deposit = (key: string) => [{ key: `host ${key}`, from: 'world:bank', to: 'users:1:available', amount: 100n }];
const headNumber = async (): Promise<number> => (await store.readHead(book))._unsafeUnwrap().number;
const jobs = async (): Promise<number> => (await pool.query(`select 1 from ${schema}.job`)).rows.length;
class Undo extends Error {}

interface Hosted {
  readonly client: HostClient;
  run(text: string): Promise<unknown>;
}

/** Runs work in a host's transaction, which commits unless the work throws. */
type Host = (begin: string, work: (hosted: Hosted) => Promise<void>) => Promise<void>;

const byPg: Host = async (begin, work) => {
  const client = await pool.connect();
  try {
    await client.query(begin);
    await work({ client, run: (text) => client.query(text) });
    const { command } = await client.query('commit');
    expect(command).toBe('COMMIT');
  } catch (error) {
    await client.query('rollback');
    if (!(error instanceof Undo)) throw error;
  } finally {
    client.release();
  }
};

const byKysely: Host = async (begin, work) => {
  const level = begin.includes('repeatable')
    ? 'repeatable read'
    : begin.includes('serializable')
      ? 'serializable'
      : undefined;
  const starting = level ? kysely.transaction().setIsolationLevel(level) : kysely.transaction();
  try {
    await starting.execute((client) => work({ client, run: (text) => sql.raw(text).execute(client) }));
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
};

const write = async (rounds: Rounds, journal = new SimpleJournal(), key = '1'): Promise<void> => {
  const batch = journal.batch(deposit(key));
  (await rounds.load(book, { ...nothing, keys: [`host ${key}`] }))._unsafeUnwrap();
  expect((await rounds.append(book, batch.before, batch.changes))._unsafeUnwrap()).toBe('appended');
};

describe.each([
  ['pg', byPg],
  ['Kysely', byKysely],
] as const)("within a host's transaction of %s", (_name, host) => {
  it('stands together with what the host wrote, several rounds of it', async () => {
    await host('begin', async ({ client, run }) => {
      await run(`insert into ${schema}.job values ('1')`);
      const journal = new SimpleJournal();
      await write(store.within(client, book), journal);
      await write(store.within(client, book), journal, '2');
      expect(await headNumber()).toBe(0);
    });
    expect([await headNumber(), await jobs()]).toEqual([2, 1]);
  });

  it('leaves nothing when the host rolls back', async () => {
    await host('begin', async ({ client, run }) => {
      await run(`insert into ${schema}.job values ('1')`);
      await write(store.within(client, book));
      throw new Undo();
    });
    expect([await headNumber(), await jobs()]).toEqual([0, 0]);
    expect(
      (await store.load(book, { ...nothing, keys: ['host 1'], accounts: ['world:bank USD'] }))._unsafeUnwrap(),
    ).toMatchObject({
      units: new Map(),
      accounts: new Map(),
    });
  });

  it('leaves the transaction usable after a batch that the database refuses', async () => {
    await host('begin', async ({ client, run }) => {
      const rounds = store.within(client, book);
      const journal = new SimpleJournal();
      await write(rounds, journal);
      const again = journal.batch(deposit('1'));
      expect((await rounds.append(book, again.before, again.changes))._unsafeUnwrapErr()).toMatchObject({
        code: 'store_refused',
        effect: 'none',
      });
      await run(`insert into ${schema}.job values ('1')`);
    });
    expect([await headNumber(), await jobs()]).toEqual([1, 1]);
  });

  it.each(['repeatable read', 'serializable'])(
    'refuses a transaction that is %s, and leaves it usable',
    async (level) => {
      await host(`begin isolation level ${level}`, async ({ client, run }) => {
        await run(`insert into ${schema}.job values ('1')`);
        expect((await store.within(client, book).load(book, nothing))._unsafeUnwrapErr()).toMatchObject({
          code: 'isolation_too_strict',
          retryable: false,
          effect: 'none',
        });
      });
      expect(await jobs()).toBe(1);
    },
  );

  it('waits for the lock of the book for so long, then leaves the transaction usable and its own limit as it was', async () => {
    await host('begin', async ({ client, run }) => {
      await run(`set local lock_timeout = '7s'`);
      await store.locked(book, async () => {
        expect((await store.within(client, book).load(book, nothing))._unsafeUnwrapErr()).toMatchObject({
          code: 'book_busy',
          effect: 'none',
        });
      });
      await write(store.within(client, book));
      await run(`insert into ${schema}.job select 'as it was' where current_setting('lock_timeout') = '7s'`);
    });
    expect([await headNumber(), await jobs()]).toEqual([1, 1]);
  });

  it('keeps every other writer out until the host ends its transaction', async () => {
    await host('begin', async ({ client }) => {
      await write(store.within(client, book));
      const rival = new SimpleJournal().batch(deposit('2'));
      const answer = await store.append(book, rival.before, rival.changes);
      expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'book_busy', retryable: true, effect: 'none' });
    });
    expect(await headNumber()).toBe(1);
  });
});

describe('within a client that holds no transaction', () => {
  it('refuses a pg client without a transaction, and one whose transaction has failed', async () => {
    const client = await pool.connect();
    const load = () => store.within(client, book).load(book, nothing);
    expect((await load())._unsafeUnwrapErr()).toMatchObject({ code: 'store_refused', effect: 'none' });
    await client.query('begin');
    await client.query('select no_such_column').catch(() => {});
    expect((await load())._unsafeUnwrapErr()).toMatchObject({ code: 'store_refused', effect: 'none' });
    await client.query('rollback');
    client.release();
  });

  it('leaves the transaction usable where the schema is missing', async () => {
    const client = await pool.connect();
    await client.query('begin');
    const lost = createPostgresStore({ client: pool, schema: 'nowhere' });
    expect((await lost.within(client, book).load(book, nothing))._unsafeUnwrapErr()).toMatchObject({
      code: 'schema_missing',
      effect: 'none',
    });
    await client.query(`insert into ${schema}.job values ('1')`);
    expect((await client.query('commit')).command).toBe('COMMIT');
    client.release();
    expect(await jobs()).toBe(1);
  });

  it('throws at what is no client at all', () => {
    expect(() => store.within({} as HostClient, book)).toThrow('neither a client of pg nor a transaction');
    expect(() => createPostgresStore({ client: {} as pg.Pool })).toThrow('neither a Pool of pg nor a PGlite');
  });
});

describe("within a host's transaction of PGlite", () => {
  it('stands when the host commits, and leaves nothing when it rolls back', async () => {
    const database = await PGlite.create();
    try {
      (await migrate(database))._unsafeUnwrap();
      const local = createPostgresStore({ client: database });
      const undone = database.transaction(async (client) => {
        await write(local.within(client, book));
        throw new Undo();
      });
      await expect(undone).rejects.toThrow(Undo);
      expect((await local.readHead(book))._unsafeUnwrap().number).toBe(0);
      await database.transaction((client) => write(local.within(client, book)));
      expect((await local.readHead(book))._unsafeUnwrap().number).toBe(1);
    } finally {
      await database.close();
    }
  });
});
