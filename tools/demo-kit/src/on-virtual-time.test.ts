import { createMemoryStore, instantAt, openBook, type Store, storeFault } from '@holdfast/kernel';
import { counters, openChart } from '@holdfast/kernel/testing';
import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { DemoFailed } from './demo-failed.ts';
import { onVirtualTime } from './on-virtual-time.ts';
import { overStore } from './over-store.ts';

const START = Date.parse('2019-03-01T10:00:00.000Z');
const HOUR = 3_600_000;
const ann = { id: 'ann', role: 'customer' };

function opened(store: Store = createMemoryStore()) {
  const time = { now: START };
  const on = onVirtualTime(store, () => time.now);
  const book = openBook({ store: on, name: 'main', chart: openChart, clock: () => instantAt(time.now) });
  const counter = book.use(counters);
  const due = (id: string, hours: number) =>
    counter.execute(id, { type: 'Count', by: 1, dueAt: instantAt(START + hours * HOUR) }, { actor: ann, key: id });
  const lease = async (leaseMs = 60_000) => {
    const request = { books: ['main'], dueAt: instantAt(time.now), limit: 9, leaseMs };
    return (await on.leaseTasks(request))._unsafeUnwrap();
  };
  const leased = async (leaseMs?: number) => (await lease(leaseMs)).map(({ task }) => task.record);
  return { store, on, time, book, due, lease, leased };
}

describe('tasks on the demo’s clock', () => {
  it('are leased when they are due, oldest first, and again once their lease is over', async () => {
    const { time, due, leased } = opened();
    await due('b', 2);
    await due('a', 1);
    expect(await leased()).toEqual([]);
    time.now += 2 * HOUR;
    expect(await leased()).toEqual(['counter/a', 'counter/b']);
    expect(await leased()).toEqual([]);
    time.now += 60_000;
    expect(await leased()).toEqual(['counter/a', 'counter/b']);
  });

  it('wait as long as they were given back for, and only by whoever has them', async () => {
    const { on, time, due, lease, leased } = opened();
    await due('a', 1);
    time.now += HOUR;
    const [one] = await lease(1);
    time.now += 1;
    const [again] = await lease();
    if (!one || !again) throw new Error('nothing was leased');
    expect((await on.giveBackTask(one, 0))._unsafeUnwrap()).toBe(false);
    expect((await on.giveBackTask(again, HOUR))._unsafeUnwrap()).toBe(true);
    time.now += HOUR - 1;
    expect(await leased()).toEqual([]);
    time.now += 1;
    expect(await leased()).toEqual(['counter/a']);
  });

  it('are gone when they are done, and are those that the store has', async () => {
    const { time, book, due, leased, store } = opened();
    await due('a', 1);
    time.now += HOUR;
    expect((await book.runDueTasks())._unsafeUnwrap()).toMatchObject({ leased: 1, done: 1 });
    expect(await leased()).toEqual([]);
    await due('b', 2);
    time.now += HOUR;
    // Another process, such as after a kill, waits for no lease.
    expect(await leased()).toEqual(['counter/b']);
    const other = opened(store);
    other.time.now = time.now;
    expect(await other.leased()).toEqual(['counter/b']);
  });

  it('are read again where nobody knows what became of an append', async () => {
    const store = createMemoryStore();
    let lost = 0;
    const shaky = overStore(store, {
      append: async (...round: Parameters<Store['append']>) => {
        const answer = await store.append(...round);
        lost += 1;
        if (lost > 1) return answer;
        return err(storeFault('store_unavailable', 'the answer was lost', { retryable: true, effect: 'unknown' }));
      },
    });
    const { time, due, leased } = opened(shaky);
    expect(await leased()).toEqual([]);
    await due('a', 1);
    time.now += HOUR;
    expect(await leased()).toEqual(['counter/a']);
  });

  it('end the demo where one fails too often', async () => {
    const { time, book, due } = opened();
    await due('a', 1);
    time.now += HOUR;
    const failing = { counter: async () => ({ end: 'failed', code: 'no_such_luck' }) as const };
    const run = book.runDueTasks({ handlers: failing, maxAttempts: 1 });
    await expect(run).rejects.toThrow(DemoFailed);
  });
});
