import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type { LeasedTask, Store, Task } from '@holdfast/kernel';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../../test/postgres-harness.ts';
import { SimpleJournal } from '../../test/simple-journal.ts';
import { createPostgresStore, type HostClient, migrate } from '../index.ts';

const schema = freshSchema();
let pool: pg.Pool;
let store: Store<HostClient>;
let book: string;
let journal: SimpleJournal;

beforeAll(async () => {
  pool = openPool(postgresUrl(), { max: 12 });
  (await migrate(pool, { schema }))._unsafeUnwrap();
  store = createPostgresStore({ client: pool, schema });
});
beforeEach(() => {
  book = freshSchema();
  journal = new SimpleJournal();
});
afterAll(async () => {
  await pool.query(`drop schema ${schema} cascade`);
  await pool.end();
});

const task = (id: string, dueAt = '2026-01-01T00:00:00.000Z'): Task => ({
  id,
  dueAt,
  record: 'offer/1',
  command: { type: 'Expire', id },
});
const due = { dueAt: '2026-02-01T00:00:00.000Z', leaseMs: 60_000 };

async function put(tasks: readonly Task[]): Promise<void> {
  const { before, changes } = journal.batch([], { tasks: tasks.map((one) => ({ put: one })) });
  expect((await store.append(book, before, changes))._unsafeUnwrap()).toBe('appended');
}

async function lease(limit: number, books = [book]): Promise<readonly LeasedTask[]> {
  return (await store.leaseTasks({ ...due, books, limit }))._unsafeUnwrap();
}

describe('tasks', () => {
  it.each(['leased', 'parked'])(
    'that are put again while they are %s are free again, their attempts at zero',
    async (how) => {
      await put([task('a')]);
      const [first] = await lease(1);
      if (!first) throw new Error('nothing is due');
      if (how === 'parked') expect((await store.parkTask(first, 'why'))._unsafeUnwrap()).toBe(true);
      await put([task('a', '2026-01-02T00:00:00.000Z')]);
      expect((await store.giveBackTask(first, 0))._unsafeUnwrap()).toBe(false);
      expect((await store.parkTask(first, 'late'))._unsafeUnwrap()).toBe(false);
      const [second] = await lease(1);
      expect(second).toMatchObject({ attempts: 1, task: { dueAt: '2026-01-02T00:00:00.000Z' } });
    },
  );

  it('are leased to one of many workers each, who never wait for each other', async () => {
    await put(Array.from({ length: 60 }, (_, index) => task(`t${index}`)));
    const shares = await Promise.all(Array.from({ length: 10 }, () => lease(6)));
    const ids = shares.flat().map((leased) => leased.task.id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await lease(60);
    expect(ids.length + rest.length).toBe(60);
  });

  it('of several books get equal shares, and what one does not use the others get', async () => {
    const [busy, quiet] = [freshSchema(), freshSchema()];
    for (const [name, count] of [
      [busy, 30],
      [quiet, 2],
    ] as const) {
      book = name;
      journal = new SimpleJournal();
      await put(Array.from({ length: count }, (_, index) => task(`t${index}`)));
    }
    const count = (leased: readonly LeasedTask[], name: string) => leased.filter((one) => one.book === name).length;
    const first = await lease(8, [busy, quiet]);
    expect([count(first, busy), count(first, quiet)]).toEqual([6, 2]);
    expect((await lease(100, [busy, quiet])).length).toBe(24);
    expect((await lease(100, [])).length).toBe(0);
    expect((await lease(0, [busy])).length).toBe(0);
  });

  it('are given in order of their instant, oldest first', async () => {
    await put([
      task('b', '2026-01-03T00:00:00.000Z'),
      task('c', '2026-01-01T00:00:00.000Z'),
      task('a', '2026-01-03T00:00:00.000Z'),
    ]);
    expect((await lease(9)).map((leased) => leased.task.id)).toEqual(['c', 'a', 'b']);
  });
});
