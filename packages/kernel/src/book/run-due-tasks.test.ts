import { describe, expect, it } from 'vitest';
import { ann } from '../../test/desk.ts';
import { collected } from '../../test/shaky-store.ts';
import { createMemoryStore, type LeasedTask, openBook, type TaskEnd } from '../index.ts';
import { counters, openChart } from '../testing/index.ts';

const start = Date.parse('2026-03-07T10:00:00.000Z');
const instant = (seconds: number) => new Date(start + seconds * 1_000).toISOString();

function opened() {
  const time = { now: 0 };
  const store = createMemoryStore({ nowMs: () => start + time.now * 1_000 });
  const open = (deciders: readonly (typeof counters)[] = [counters]) => {
    const book = openBook({ store, name: 'main', chart: openChart, clock: () => instant(time.now) });
    for (const decider of deciders) book.use(decider);
    return book;
  };
  const book = open();
  const counter = book.use(counters);
  const due = (id: string, seconds: number | undefined, key: string, by = 1) =>
    counter.execute(
      id,
      { type: 'Count', by, ...(seconds === undefined ? {} : { dueAt: instant(seconds) }) },
      { actor: ann, key },
    );
  const counted = async (id: string) => (await counter.read(id))._unsafeUnwrap().state?.count;
  const sweep = async (on = book, options = {}) => (await on.runDueTasks(options))._unsafeUnwrap();
  return { time, store, open, book, counter, due, counted, sweep };
}

describe('due tasks', () => {
  it('are done when they are due, not before, and once', async () => {
    const { time, due, sweep, counted, store } = opened();
    await due('a', 10, '1');
    time.now = 9.999;
    expect(await sweep()).toMatchObject({ leased: 0 });
    time.now = 10;
    expect(await sweep()).toMatchObject({ leased: 1, done: 1, stale: 0, troubles: [] });
    expect(await sweep()).toMatchObject({ leased: 0 });
    expect([await counted('a'), await collected(store.projectTasks('main'))]).toEqual([2, []]);
  });

  it('give one book whether they run late, twice or in two workers at once', async () => {
    const { time, open, due, sweep, counted, store } = opened();
    for (const id of ['a', 'b', 'c']) await due(id, 10, id);
    time.now = 100;
    const [left, right] = await Promise.all([sweep(), sweep(open(), { leaseMs: 1 })]);
    expect(left.done + right.done).toBe(3);
    time.now = 1_000;
    expect(await sweep()).toMatchObject({ leased: 0 });
    for (const id of ['a', 'b', 'c']) expect(await counted(id)).toBe(2);
    expect((await store.readHead('main'))._unsafeUnwrap().sequence).toBe(6);
  });

  it('are leased to one worker at a time', async () => {
    const { time, due, store } = opened();
    await due('a', 10, '1');
    time.now = 10;
    const ask = { books: ['main'], dueAt: instant(10), limit: 9, leaseMs: 5_000 };
    const [leased] = (await store.leaseTasks(ask))._unsafeUnwrap();
    expect((await store.leaseTasks(ask))._unsafeUnwrap()).toEqual([]);
    time.now = 15;
    expect((await store.leaseTasks(ask))._unsafeUnwrap()).toMatchObject([{ attempts: 2 }]);
    expect(leased && (await store.giveBackTask(leased, 0))._unsafeUnwrap()).toBe(false);
    expect(leased && (await store.parkTask(leased, 'late'))._unsafeUnwrap()).toBe(false);
  });

  it('that the record had outrun are stale', async () => {
    const { time, due, sweep, store, open } = opened();
    await due('a', 10, '1', 1_000_000);
    time.now = 10;
    const slow = open();
    // Between the lease and the command somebody else moves the deadline away.
    const lease = store.leaseTasks.bind(store);
    store.leaseTasks = async (request) => {
      const leased = await lease(request);
      await due('a', undefined, '2', 0);
      return leased;
    };
    expect(await sweep(slow)).toMatchObject({ leased: 1, done: 0, stale: 1, troubles: [] });
  });

  it('that are refused are given back for later, and parked after the last attempt', async () => {
    const { time, due, sweep, counted, book, store } = opened();
    await due('a', 10, '1', 1_000_000);
    time.now = 10;
    const task = { id: 'counter/a/due' };
    expect((await sweep(book, { maxAttempts: 2 })).troubles).toMatchObject([
      { code: 'too_much', parked: false, leased: { task, attempts: 1 } },
    ]);
    expect(await sweep()).toMatchObject({ leased: 0 });
    time.now = 13;
    expect((await sweep(book, { maxAttempts: 2 })).troubles).toMatchObject([{ code: 'too_much', parked: true }]);
    time.now = 99_999;
    expect(await sweep()).toMatchObject({ leased: 0 });
    const parked = (await store.readParkedTasks('main', { limit: 9 }))._unsafeUnwrap();
    expect(parked.rows).toMatchObject([{ task, attempts: 2, reason: 'too_much' }]);
    await due('a', 10, '2', -5);
    expect((await store.unparkTask('main', task.id))._unsafeUnwrap()).toBe(true);
    expect((await store.unparkTask('main', task.id))._unsafeUnwrap()).toBe(false);
    expect(await sweep()).toMatchObject({ done: 1 });
    expect(await counted('a')).toBe(999_996);
  });

  it('of a kind that is not in use are trouble, and so is one whose decider throws', async () => {
    const { time, due, sweep, open } = opened();
    await due('a', 10, '1');
    time.now = 10;
    expect((await sweep(open([]))).troubles).toMatchObject([{ code: 'decider_unknown', parked: false }]);
    time.now = 20;
    const broken = { ...counters, decide: () => JSON.parse('{') };
    expect((await sweep(open([broken]))).troubles).toMatchObject([{ code: expect.stringContaining('defect: ') }]);
    time.now = 40;
    const undecodable = {
      ...counters,
      decide: counters.decide,
      codec: { ...counters.codec, decodeState: () => JSON.parse('{') },
    };
    expect((await sweep(open([undecodable]))).troubles).toHaveLength(1);
    time.now = 80;
    expect(await sweep()).toMatchObject({ done: 1 });
  });

  it('whose key was used for the same deadline before are trouble that is seen', async () => {
    const { time, due, sweep, book } = opened();
    await due('a', 10, '1');
    time.now = 10;
    expect(await sweep()).toMatchObject({ done: 1 });
    await due('a', 10, '2');
    expect((await sweep(book, { maxAttempts: 1 })).troubles).toMatchObject([{ code: 'key_replayed', parked: true }]);
  });

  it('of the longest names have a key as well', async () => {
    const { time, store } = opened();
    const long = { ...counters, kind: `k${'x'.repeat(80)}` };
    const book = openBook({ store, name: 'long', chart: openChart, clock: () => instant(time.now) });
    const due = { type: 'Count', by: 1, dueAt: instant(0) } as const;
    await book.use(long).execute('i'.repeat(128), due, { actor: ann, key: '1' });
    expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ done: 1, troubles: [] });
  });

  it('are given to the handler of their kind, which may say later, and is parked only where it fails', async () => {
    const { time, due, sweep, counted, store } = opened();
    await due('a', 10, '1');
    time.now = 10;
    const heard: string[] = [];
    const saying = (end: object) => ({
      handlers: {
        counter: async (leased: LeasedTask) => {
          heard.push(leased.task.record);
          return end as TaskEnd;
        },
      },
      maxAttempts: 2,
    });
    for (let turn = 0; turn < 4; turn++) {
      expect(await sweep(undefined, saying({ end: 'later', afterMs: 1_000 }))).toMatchObject({
        later: 1,
        troubles: [],
      });
      time.now += 2;
    }
    expect(await sweep(undefined, saying({ end: 'failed', code: 'down' }))).toMatchObject({
      troubles: [{ code: 'down', parked: true }],
    });
    expect([heard.length, await counted('a')]).toEqual([5, 1]);
    expect((await store.readParkedTasks('main', { limit: 9 }))._unsafeUnwrap().rows).toMatchObject([
      { reason: 'down' },
    ]);
  });
});
