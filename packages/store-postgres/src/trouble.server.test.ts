import { startPostgres } from '@holdfast/embedded-server';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { openProxy } from '@holdfast/server-process';
import { ok, type Result } from 'neverthrow';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../test/postgres-harness.ts';
import { nothing, SimpleJournal } from '../test/simple-journal.ts';
import { createPostgresStore, migrate } from './index.ts';

const schema = freshSchema();
let admin: pg.Pool;
let book: string;
const opened: { end(): Promise<void> }[] = [];

beforeAll(async () => {
  admin = openPool(postgresUrl());
  (await migrate(admin, { schema }))._unsafeUnwrap();
});
beforeEach(() => {
  book = freshSchema();
});
afterEach(async () => {
  for (const pool of opened.splice(0)) await pool.end();
});
afterAll(async () => {
  await admin.query(`drop schema ${schema} cascade`);
  await admin.end();
});

function open(options: pg.PoolConfig = {}, url = postgresUrl()): pg.Pool {
  const pool = openPool(url, options);
  opened.push(pool);
  return pool;
}

const deposit = (key: string) => [{ key: `host ${key}`, from: 'world:bank', to: 'users:1:available', amount: 100n }];

describe('a database in trouble', () => {
  it('answers within its time that nobody listens, and that nothing was done', async () => {
    const store = createPostgresStore({ client: open({}, 'postgres://nobody:x@127.0.0.1:1/none'), schema });
    const batch = new SimpleJournal().batch(deposit('1'));
    for (const answer of [
      await store.load(book, nothing),
      await store.append(book, batch.before, batch.changes),
      await store.locked(book, async () => 1),
    ]) {
      expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'store_unavailable', retryable: true, effect: 'none' });
    }
  });

  it('answers within its time when every connection of the pool is taken', async () => {
    const pool = open({ max: 1 });
    const taken = await pool.connect();
    const store = createPostgresStore({ client: pool, schema, connectTimeoutMs: 50 });
    expect((await store.load(book, nothing))._unsafeUnwrapErr()).toMatchObject({
      code: 'store_unavailable',
      effect: 'none',
    });
    taken.release();
    expect((await store.load(book, nothing)).isOk()).toBe(true);
  });

  it('says that nobody knows when a backend dies during an append, and the key then tells', async () => {
    const store = createPostgresStore({ client: open({ application_name: book }), schema });
    await store.readHead(book);
    const rival = await admin.connect();
    await rival.query('begin');
    await rival.query(`insert into ${schema}.batch values ($1, 1, 1, repeat('a', 64), '', 1)`, [book]);
    const batch = new SimpleJournal().batch(deposit('1'));
    const pending = store.append(book, batch.before, batch.changes);
    await untilWaiting(admin, book);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [book]);
    expect((await pending)._unsafeUnwrapErr()).toMatchObject({
      code: 'store_unavailable',
      retryable: true,
      effect: 'unknown',
    });
    await rival.query('rollback');
    rival.release();
    const seen = (await store.load(book, { ...nothing, keys: ['host 1'] }))._unsafeUnwrap();
    expect([seen.units.size, seen.head.number]).toEqual([0, 0]);
    expect((await store.append(book, batch.before, batch.changes))._unsafeUnwrap()).toBe('appended');
  });

  it('says that nobody knows when the answer to an append is lost, and the key then tells that it was done', async () => {
    const url = new URL(postgresUrl());
    const proxy = await openProxy(Number(url.port));
    url.port = `${proxy.port}`;
    try {
      const store = createPostgresStore({
        client: open({ max: 2 }, url.href),
        schema,
        statementTimeoutMs: 2_000,
        connectTimeoutMs: 2_000,
      });
      await untilOk(() => store.readHead(book));
      const batch = new SimpleJournal().batch(deposit('1'));
      proxy.swallow();
      expect((await store.append(book, batch.before, batch.changes))._unsafeUnwrapErr()).toMatchObject({
        code: 'store_timeout',
        retryable: true,
        effect: 'unknown',
      });
      expect((await store.load(book, nothing))._unsafeUnwrapErr().effect).toBe('none');
      proxy.pass();
      const seen = await untilOk(() => store.load(book, { ...nothing, keys: ['host 1'] }));
      expect(seen.units.get('host 1')?.digest).toBe(batch.changes.head.digest);
      proxy.cutClients();
      const again = await store.append(book, batch.before, batch.changes);
      expect(again.isOk() ? again.value : again.error.code).toMatch(/head_moved|store_unavailable|store_timeout/);
      await untilOk(() => store.load(book, nothing));
    } finally {
      await proxy.close();
    }
  });

  it('works again after the server was killed and started anew, with all that was answered', async () => {
    const folder = await temporaryFolder();
    let server = await startPostgres({ folder, settings: { max_connections: '20' } });
    const proxy = await openProxy(server.port);
    const url = new URL(server.url);
    url.port = `${proxy.port}`;
    try {
      const pool = open({ max: 3 }, url.href);
      (await migrate(pool))._unsafeUnwrap();
      const store = createPostgresStore({ client: pool, statementTimeoutMs: 5_000 });
      const journal = new SimpleJournal();
      const batch = journal.batch(deposit('1'));
      (await store.append(book, batch.before, batch.changes))._unsafeUnwrap();
      await server.kill();
      // The killed server's own processes notice one after the other.
      const fault = await untilFault(() => store.load(book, nothing));
      expect(fault).toMatchObject({ code: 'store_unavailable', retryable: true, effect: 'none' });
      server = await startPostgres({ folder, settings: { max_connections: '20' } });
      proxy.aimAt(server.port);
      const seen = await store.load(book, nothing);
      expect(seen.map(({ head }) => head)).toEqual(ok(batch.changes.head));
      const next = journal.batch(deposit('2'));
      expect((await store.append(book, next.before, next.changes))._unsafeUnwrap()).toBe('appended');
    } finally {
      await Promise.all(opened.splice(0).map((pool) => pool.end()));
      await proxy.close();
      await server.stop();
      await removeFolder(folder);
    }
  });

  it('gives up the lock of a book in its time, and says who is to blame: nobody lost anything', async () => {
    const ours = { application_name: book };
    const store = createPostgresStore({ client: open(ours), schema, lockTimeoutMs: 80 });
    const rival = createPostgresStore({ client: open(ours), schema, lockTimeoutMs: 80 });
    const batch = new SimpleJournal().batch(deposit('1'));
    const inside = await store.locked(book, async () => ({
      append: await rival.append(book, batch.before, batch.changes),
      locked: await rival.locked(book, async () => 'never'),
    }));
    const { append, locked } = inside._unsafeUnwrap();
    expect(append._unsafeUnwrapErr()).toMatchObject({ code: 'book_busy', retryable: true, effect: 'none' });
    expect(locked._unsafeUnwrapErr()).toMatchObject({ code: 'book_busy', retryable: true, effect: 'none' });
    expect((await rival.append(book, batch.before, batch.changes))._unsafeUnwrap()).toBe('appended');
    // Others have locks on the same server.
    const { rows } = await admin.query(
      `select count(*)::int as held from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and application_name = $1`,
      [book],
    );
    expect(rows[0].held).toBe(0);
  });

  it("says that the database's own limit of time was passed, and that nothing was done", async () => {
    const store = createPostgresStore({ client: open({ statement_timeout: 50, application_name: book }), schema });
    await store.readHead(book);
    const rival = await admin.connect();
    await rival.query('begin');
    await rival.query(`insert into ${schema}.batch values ($1, 1, 1, repeat('a', 64), '', 1)`, [book]);
    const batch = new SimpleJournal().batch(deposit('1'));
    const answer = await store.append(book, batch.before, batch.changes);
    await rival.query('rollback');
    rival.release();
    expect(answer._unsafeUnwrapErr()).toMatchObject({ code: 'store_timeout', retryable: true, effect: 'none' });
  });

  it('undoes the work under the lock when it throws, and throws the same', async () => {
    const store = createPostgresStore({ client: open({ max: 1 }), schema });
    const batch = new SimpleJournal().batch(deposit('1'));
    const mistake = new Error('a bug');
    const run = store.locked(book, async (rounds) => {
      (await rounds.append(book, batch.before, batch.changes))._unsafeUnwrap();
      throw mistake;
    });
    await expect(run).rejects.toBe(mistake);
    expect((await store.readHead(book))._unsafeUnwrap().number).toBe(0);
  });

  it('leaves the lock usable after an append that the database refused', async () => {
    const store = createPostgresStore({ client: open(), schema });
    const journal = new SimpleJournal();
    const first = journal.batch(deposit('1'));
    const twice = journal.batch(deposit('1'));
    const answers = await store.locked(book, async (rounds) => [
      await rounds.append(book, first.before, first.changes),
      await rounds.append(book, twice.before, twice.changes),
      await rounds.load(book, nothing),
    ]);
    const [done, refused, seen] = answers._unsafeUnwrap();
    expect(done?._unsafeUnwrap()).toBe('appended');
    expect(refused?._unsafeUnwrapErr()).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
    expect(seen?._unsafeUnwrap()).toMatchObject({ head: first.changes.head });
    expect((await store.readHead(book))._unsafeUnwrap()).toEqual(first.changes.head);
  });

  it('refuses a whole batch for one key that is there already', async () => {
    const store = createPostgresStore({ client: open(), schema });
    const journal = new SimpleJournal();
    const first = journal.batch(deposit('1'));
    (await store.append(book, first.before, first.changes))._unsafeUnwrap();
    const second = journal.batch([...deposit('2'), ...deposit('1')]);
    expect((await store.append(book, second.before, second.changes))._unsafeUnwrapErr()).toMatchObject({
      code: 'store_refused',
      retryable: false,
      effect: 'none',
    });
    expect((await store.load(book, { ...nothing, keys: ['host 2'] }))._unsafeUnwrap().units.size).toBe(0);
  });
});

/** Waits until the one connection of an application waits for a lock. */
async function untilWaiting(pool: pg.Pool, application: string): Promise<void> {
  for (let attempt = 0; attempt < 12_000; attempt++) {
    const { rows } = await pool.query(
      `select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
      [application],
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nobody waits');
}

async function untilOk<T>(ask: () => Promise<Result<T, unknown>>): Promise<T> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await ask();
    if (answer.isOk()) return answer.value;
  }
  throw new Error('it never worked again');
}

async function untilFault<E>(ask: () => Promise<Result<unknown, E>>): Promise<E> {
  for (let attempt = 0; attempt < 12_000; attempt++) {
    const answer = await ask();
    if (answer.isErr()) return answer.error;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nothing failed');
}

async function temporaryFolder(): Promise<string> {
  const { chmod, mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(`${tmpdir()}/holdfast-store-test-`);
  await chmod(folder, 0o755);
  return folder;
}

async function removeFolder(folder: string): Promise<void> {
  const { rm } = await import('node:fs/promises');
  await rm(folder, { recursive: true, force: true });
}
