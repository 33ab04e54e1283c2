import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { asking, Desk, moving, probing } from '../../test/desk.ts';
import { collected, gate } from '../../test/shaky-store.ts';
import { type Changes, createMemoryStore, genesis, type Needs } from '../index.ts';

const nothing: Needs = { keys: [], accounts: [], records: [], claims: [] };

/** A batch of one unit with a line, a record, a claim and a task. */
function batch(): Changes {
  const desk = new Desk();
  const dueAt = '2026-04-01T00:00:00.000Z';
  desk.run(asking('1', [moving(['world:bank', 'users:1', usd('1.00')]), probing('a', { holds: ['x'], dueAt })]));
  return desk.batches[0] as Changes;
}

describe('the memory store', () => {
  it('keeps what it was given, whatever is done to it afterwards', async () => {
    const store = createMemoryStore();
    const changes = copyOf(batch());
    expect((await store.append('main', genesis, changes))._unsafeUnwrap()).toBe('appended');
    (changes.units as unknown[]).length = 0;
    Object.assign(changes.head, { sequence: 99 });
    Object.assign(changes.records[0] as object, { status: 'forged' });
    expect((await store.readHead('main'))._unsafeUnwrap().sequence).toBe(1);
    const kept = (await store.readRecord('main', 'probe/a'))._unsafeUnwrap();
    expect(kept).toMatchObject({ row: { status: 'open' }, sequence: 1 });
    expect(() => Object.assign(kept.row as object, { status: 'forged' })).toThrow(TypeError);
  });

  it('appends at the head only, by number and digest, and a key once', async () => {
    const store = createMemoryStore();
    const changes = batch();
    for (const head of [
      { ...genesis, number: 1 },
      { ...genesis, digest: 'f'.repeat(64) },
    ]) {
      expect((await store.append('main', head, changes))._unsafeUnwrap()).toBe('head_moved');
    }
    expect((await store.append('main', genesis, changes))._unsafeUnwrap()).toBe('appended');
    expect((await store.append('main', genesis, changes))._unsafeUnwrap()).toBe('head_moved');
    const again = await store.append('main', changes.head, changes);
    expect(again._unsafeUnwrapErr()).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
    expect(await collected(store.projectUnits('main'))).toHaveLength(1);
  });

  it('keeps books apart', async () => {
    const store = createMemoryStore();
    await store.append('main', genesis, batch());
    expect((await store.load('other', { ...nothing, keys: ['ann 1'], claims: ['x'] }))._unsafeUnwrap()).toMatchObject({
      head: genesis,
      units: new Map(),
      claims: new Map(),
    });
    expect((await store.append('other', genesis, batch()))._unsafeUnwrap()).toBe('appended');
  });

  it('has appends from outside wait for the lock, and one holder after the other', async () => {
    const store = createMemoryStore();
    const hold = gate();
    const order: string[] = [];
    const first = store.locked('main', async (rounds) => {
      await hold.passed;
      order.push('first');
      return rounds.append('main', genesis, batch());
    });
    const second = store.locked('main', async () => order.push('second'));
    const outside = store.append('main', genesis, batch()).then((answer) => {
      order.push('outside');
      return answer;
    });
    hold.open();
    await Promise.all([first, second]);
    expect((await first)._unsafeUnwrap()._unsafeUnwrap()).toBe('appended');
    expect((await outside)._unsafeUnwrap()).toBe('head_moved');
    expect(order).toEqual(['first', 'second', 'outside']);
  });

  it('lets go of the lock when the work throws', async () => {
    const store = createMemoryStore();
    await expect(store.locked('main', () => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
    expect((await store.append('main', genesis, batch()))._unsafeUnwrap()).toBe('appended');
  });

  it('has no transaction of a host to join', () => {
    const store = createMemoryStore();
    expect(() => store.within(undefined as never, 'main')).toThrow('no transactions of a host');
  });

  it('forgets everything when it is closed', async () => {
    const store = createMemoryStore();
    await store.append('main', genesis, batch());
    await store.close();
    expect((await store.readHead('main'))._unsafeUnwrap()).toEqual(genesis);
  });
});

/** Copies the parts that the test is about to spoil. */
function copyOf(changes: Changes): Changes {
  const records = changes.records.map((row) => ({ ...row }));
  return { ...changes, head: { ...changes.head }, units: [...changes.units], records };
}
