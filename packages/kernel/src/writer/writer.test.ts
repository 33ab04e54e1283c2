import { setTimeout as sleep } from 'node:timers/promises';
import { usd } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ann, transfersOf } from '../../test/desk.ts';
import { gate, gone, lost, shakyStore } from '../../test/shaky-store.ts';
import { type BookOptions, createMemoryStore, type Decider, openBook, type Store, storeFault } from '../index.ts';
import { counters, openChart, plainTransfers } from '../testing/index.ts';

const one = usd('1.00');

function bookOn(store: Store, more: Partial<BookOptions> = {}) {
  const book = openBook({ store, name: 'main', chart: openChart, ...more });
  const counter = book.use(counters);
  const moves = book.use(plainTransfers);
  const count = (key: string, deadlineMs?: number, id = 'c') =>
    counter.execute(
      id,
      { type: 'Count', by: 1 },
      { actor: ann, key, ...(deadlineMs === undefined ? {} : { deadlineMs }) },
    );
  const move = (key: string, from: string, to: string, amount = one) =>
    moves.execute({ type: 'Move', transfers: transfersOf([[from, to, amount]]) }, { actor: ann, key });
  const counted = async (id = 'c') => (await counter.read(id))._unsafeUnwrap().state?.count ?? 0;
  const balance = async (account: string) => (await book.balance(account, usd))._unsafeUnwrap().minor;
  return { book, count, move, counted, balance, counter };
}

async function codes(answers: readonly Promise<{ isOk(): boolean }>[]): Promise<readonly string[]> {
  const ended = await Promise.allSettled(answers);
  return ended.map((end) => {
    if (end.status === 'rejected') return `defect: ${end.reason.message}`;
    const { value, error } = end.value as { value?: { status: string }; error?: { code: string; effect?: string } };
    return value ? value.status : `${error?.code}${error?.effect ? ` ${error.effect}` : ''}`;
  });
}

afterEach(() => void vi.useRealTimers());

describe('the queue', () => {
  it('has an idle caller wait for nobody', async () => {
    const { book, count } = bookOn(createMemoryStore());
    await count('1');
    await count('2');
    expect(book.metrics()).toMatchObject({ rounds: 2, largestRound: 1, units: 2, queued: 0 });
  });

  it('has callers of one turn ride in one round, and no more than the bound', async () => {
    const { book, count } = bookOn(createMemoryStore(), { limits: { maxBatch: 10 } });
    await Promise.all(Array.from({ length: 25 }, (_, n) => count(`${n}`)));
    expect(book.metrics()).toMatchObject({ rounds: 3, largestRound: 10, units: 25 });
  });

  it('gives two hundred callers on one record their turn, in order', async () => {
    const { count, counted } = bookOn(createMemoryStore(), { limits: { maxBatch: 7 } });
    const receipts = await Promise.all(Array.from({ length: 200 }, (_, n) => count(`${n}`)));
    expect(receipts.map((receipt) => receipt._unsafeUnwrap().sequence)).toEqual(receipts.map((_, n) => n + 1));
    expect(await counted()).toBe(200);
  });

  it('gives one effect to a key that a thousand callers ask for at once', async () => {
    const { count, counted } = bookOn(createMemoryStore());
    const answers = await codes(Array.from({ length: 1_000 }, () => count('same')));
    expect(answers.filter((answer) => answer === 'committed')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'replayed')).toHaveLength(999);
    expect(await counted()).toBe(1);
  });

  it('tells the one too many that it is full', async () => {
    const { book, count } = bookOn(createMemoryStore(), { limits: { maxQueue: 2 } });
    expect(await codes(['1', '2', '3'].map((key) => count(key)))).toEqual([
      'committed',
      'committed',
      'queue_full none',
    ]);
    expect(book.metrics().queued).toBe(0);
  });

  it('finishes what was accepted when it closes, and accepts nothing more', async () => {
    const { book, count, counter } = bookOn(createMemoryStore(), { limits: { maxBatch: 1 } });
    const accepted = ['1', '2', '3'].map((key) => count(key));
    await book.close();
    const late = [count('4'), counter.preview('c', { type: 'Count', by: 1 }, { actor: ann, key: '5' })];
    expect(await codes([...accepted, ...late])).toEqual([
      ...accepted.map(() => 'committed'),
      ...late.map(() => 'book_closed none'),
    ]);
  });

  it.each([
    { maxBatch: 0 },
    { maxBatch: 1.5 },
    { maxQueue: -1 },
    { deadlineMs: Number.NaN },
    { patienceMs: -1 },
    { clockLead: { ms: Number.NaN } },
  ])('is not opened with %j, which would never end', (limits) => {
    expect(() => bookOn(createMemoryStore(), { limits })).toThrow(`limits.${Object.keys(limits)[0]}`);
  });
});

describe('a deadline', () => {
  it('says none to who still waited and unknown to who was in a round; nothing happens afterwards that was denied', async () => {
    const { store, shaken } = shakyStore();
    const hold = gate();
    const { count, counted } = bookOn(store, { limits: { maxBatch: 1 } });
    shaken.load = async (go, ...call) => {
      await hold.passed;
      return go(...call);
    };
    const answers = await codes([count('1', 20), count('2', 20)]);
    expect(answers).toEqual(['deadline_passed unknown', 'deadline_passed none']);
    hold.open();
    expect(await codes([count('3'), count('1'), count('2')])).toEqual(['committed', 'replayed', 'committed']);
    expect(await counted()).toBe(3);
  });

  it('says none while the writer waits for a store that nothing was sent to', async () => {
    const { store, shaken } = shakyStore();
    shaken.load = async () => gone();
    const { count } = bookOn(store, { limits: { patienceMs: 10_000 } });
    expect(await codes([count('1', 60)])).toEqual(['deadline_passed none']);
  });

  it('leaves no timer behind once the answer is there', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { count } = bookOn(createMemoryStore());
    await count('1');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a head that moves', () => {
  it('is tried again, and after three misses under the lock', async () => {
    const { store, shaken } = shakyStore();
    let misses = 0;
    shaken.append = async (go, ...call) => (misses++ < 3 ? ok('head_moved') : go(...call));
    const { book, count } = bookOn(store);
    expect(await codes([count('1')])).toEqual(['committed']);
    expect(book.metrics()).toMatchObject({ misses: 3, locked: 1, units: 1 });
  });

  it('between two loads starts the round again', async () => {
    const { store, shaken } = shakyStore();
    const other = bookOn(store);
    const { book, move, balance } = bookOn(store);
    await move('0', 'world:bank', 'users:1', usd('5.00'));
    const curious: Decider = { ...plainTransfers, kind: 'curious', needs: () => ({}) };
    let loads = 0;
    shaken.load = async (go, ...call) => {
      if (++loads === 2) await other.move('theirs', 'users:1', 'users:2', usd('4.00'));
      return go(...call);
    };
    const all = {
      decider: curious,
      id: '',
      command: { type: 'Move', transfers: transfersOf([['users:1', 'users:3', usd('2.00')]]) },
    };
    const fresh = openBook({ store, name: 'main', chart: openChart });
    expect(await codes([fresh.together([all], { actor: ann, key: 'ours' })])).toEqual(['insufficient_funds']);
    expect([await balance('users:1'), fresh.metrics().misses, book.metrics().misses]).toEqual([100n, 1, 0]);
  });

  it('drops what the process kept when another writer moved it', async () => {
    const store = createMemoryStore();
    const [left, right] = [bookOn(store), bookOn(store)];
    await left.move('0', 'world:bank', 'users:1', usd('10.00'));
    await right.move('1', 'users:1', 'users:2', usd('9.00'));
    expect(await codes([left.move('2', 'users:1', 'users:2', usd('9.00'))])).toEqual(['insufficient_funds']);
    expect(await codes([left.move('3', 'users:1', 'users:2'), right.move('4', 'users:1', 'users:2')])).toEqual(
      expect.arrayContaining(['committed', 'insufficient_funds']),
    );
    const both = Array.from({ length: 100 }, (_, n) => (n % 2 ? left : right).count(`c${n}`));
    expect(new Set(await codes(both))).toEqual(new Set(['committed']));
    expect(await left.counted()).toBe(100);
  });
});

describe('an append whose answer is lost', () => {
  it('is found by its key where it was applied', async () => {
    const { store, shaken } = shakyStore();
    let appends = 0;
    shaken.append = async (go, ...call) => (++appends === 1 ? go(...call).then(() => lost()) : go(...call));
    const { book, count, counted } = bookOn(store);
    expect(await codes([count('1'), count('2')])).toEqual(['replayed', 'replayed']);
    expect([await counted(), book.metrics().doubts]).toEqual([2, 1]);
  });

  it('is made again where it was not', async () => {
    const { store, shaken } = shakyStore();
    let appends = 0;
    shaken.append = async (go, ...call) => (++appends === 1 ? lost() : go(...call));
    const { count, counted } = bookOn(store);
    expect(await codes([count('1'), count('2')])).toEqual(['committed', 'committed']);
    expect(await counted()).toBe(2);
  });

  it.each(['before the next load', 'before the next append', 'after the next append'])(
    'has one effect when it arrives late, %s',
    async (when) => {
      const { store, shaken } = shakyStore();
      const orphans: (() => Promise<unknown>)[] = [];
      let appends = 0;
      shaken.append = async (go, ...call) => {
        if (++appends === 1) {
          orphans.push(() => go(...call));
          return lost();
        }
        if (when === 'before the next append') await orphans.pop()?.();
        const answer = await go(...call);
        if (when === 'after the next append') await orphans.pop()?.();
        return answer;
      };
      shaken.load = async (go, ...call) => {
        if (when === 'before the next load') await orphans.pop()?.();
        return go(...call);
      };
      const { count, counted } = bookOn(store);
      const [answer] = await codes([count('1')]);
      expect(answer).toBe(when === 'after the next append' ? 'committed' : 'replayed');
      expect([await counted(), orphans]).toEqual([1, []]);
    },
  );

  it('can no longer succeed once a later caller was answered, though its own callers are gone', async () => {
    const { store, shaken } = shakyStore();
    const orphans: (() => Promise<unknown>)[] = [];
    let down = false;
    shaken.append = async (go, ...call) => {
      if (orphans.length > 0) return go(...call);
      orphans.push(() => go(...call));
      down = true;
      return lost();
    };
    shaken.load = async (go, ...call) => (down ? gone() : go(...call));
    const { count, counted, move, book } = bookOn(store);
    expect(await codes([count('1', 40)])).toEqual(['deadline_passed unknown']);
    down = false;
    await sleep(30);
    expect(await codes([move('2', 'users:poor', 'users:1')])).toEqual(['insufficient_funds']);
    // Nothing was to append, but a fence was: what was said rests on a head that the orphan cannot meet any more.
    expect((await book.head())._unsafeUnwrap()).toMatchObject({ number: 1, sequence: 0 });
    expect(await orphans[0]?.()).toEqual(ok('head_moved'));
    expect(await codes([count('1')])).toEqual(['committed']);
    expect(await counted()).toBe(1);
  });

  it('is still unknown at the deadline, and never called a defect', async () => {
    const { store, shaken } = shakyStore();
    let appends = 0;
    shaken.append = async () => (++appends === 1 ? lost() : err(refusedBy('a statement')));
    const { count } = bookOn(store);
    expect(await codes([count('1')])).toEqual(['store_refused unknown']);
    shaken.append = async () => lost();
    expect(await codes([count('2', 50)])).toEqual(['deadline_passed unknown']);
  });
});

describe('a store in trouble', () => {
  it('is asked again while there is patience, and the caller hears its fault afterwards', async () => {
    const { store, shaken } = shakyStore();
    let down = 3;
    shaken.load = async (go, ...call) => (down-- > 0 ? gone() : go(...call));
    // A connection that cannot be had is no doubt: nothing was sent.
    shaken.append = async (go, ...call) => (down > 0 ? gone() : go(...call));
    const patient = bookOn(store, { limits: { patienceMs: 60_000 } });
    expect(await codes([patient.count('1')])).toEqual(['committed']);
    expect(patient.book.metrics().faults).toBe(3);
    down = Number.POSITIVE_INFINITY;
    const { count } = bookOn(store, { limits: { patienceMs: 100 } });
    expect(await codes([count('2'), count('3')])).toEqual(['store_unavailable none', 'store_unavailable none']);
    down = 0;
    expect(await codes([count('2')])).toEqual(['committed']);
  });

  it('is not asked again where that cannot help', async () => {
    const { store, shaken } = shakyStore();
    shaken.load = async () => err(storeFault('schema_missing', 'no table', { retryable: false, effect: 'unknown' }));
    const { book, count } = bookOn(store);
    expect(await codes([count('1')])).toEqual(['schema_missing none']);
    expect(book.metrics().rounds).toBe(1);
  });

  it('has nothing kept of what it said before', async () => {
    const { store, shaken } = shakyStore();
    const [ours, theirs] = [bookOn(store), bookOn(store)];
    await ours.count('1');
    let appends = 0;
    shaken.append = async (go, ...call) => (++appends === 1 ? gone() : go(...call));
    const answer = ours.count('2');
    await theirs.count('3');
    await answer;
    expect(await ours.counted()).toBe(3);
  });

  it('that refuses one unit of eight refuses that one: a defect of its caller', async () => {
    const { store, shaken } = shakyStore();
    shaken.append = async (go, book, head, changes) =>
      changes.units.some(({ key }) => key === 'ann 5') ? err(refusedBy('a constraint')) : go(book, head, changes);
    const { count, counted } = bookOn(store);
    const answers = await codes(Array.from({ length: 8 }, (_, n) => count(`${n}`)));
    expect(answers.filter((answer) => answer === 'committed')).toHaveLength(7);
    expect(answers[5]).toBe('defect: the database refuses this unit: a constraint');
    expect(await counted()).toBe(7);
  });

  it('that throws is a defect of its caller, and the next one is served', async () => {
    const { store, shaken } = shakyStore();
    shaken.append = () => Promise.reject(new TypeError('a broken adapter'));
    const { count } = bookOn(store);
    expect(await codes([count('1')])).toEqual(['defect: a broken adapter']);
    shaken.append = async () => err(undefined as never);
    expect(await codes([count('2')])).toEqual([expect.stringContaining('defect: Cannot read')]);
    delete shaken.append;
    expect(await codes([count('1'), count('2')])).toEqual(['committed', 'committed']);
  });
});

describe('one culprit in a round', () => {
  it('that never has enough fails alone', async () => {
    const { book, count, counted } = bookOn(createMemoryStore());
    let looks = 0;
    const greedy: Decider = {
      ...plainTransfers,
      kind: 'greedy',
      parse: (command) => ok(command as never),
      needs: () => ({}),
      decide: (seen) => ok([{ type: `${seen.balance(`free:${looks++}`, 'USD')}` }]),
    };
    const ask = { decider: greedy, id: '', command: { type: 'Look' } };
    const answers = await codes([count('1'), book.together([ask], { actor: ann, key: '2' }), count('3')]);
    expect(answers).toEqual([
      'committed',
      expect.stringContaining('defect: a decider needs more after 20 loads'),
      'committed',
    ]);
    expect(await counted()).toBe(2);
  });

  it('whose clock lies far ahead of the store’s fails alone', async () => {
    const store = createMemoryStore({ nowMs: () => Date.parse('2026-03-07T10:00:00.000Z') });
    const instants = ['2026-03-07T10:04:59.000Z', '2026-03-07T10:05:01.000Z', '2026-03-07T09:00:00.000Z'];
    let next = 0;
    const { count } = bookOn(store, { clock: () => instants[next++] ?? '' });
    expect(await codes([count('1'), count('2'), count('3')])).toEqual(['committed', 'clock_ahead none', 'committed']);
  });
});

describe('a listener', () => {
  it('that throws or rejects fails neither a unit nor the other listeners', async () => {
    const { book, count } = bookOn(createMemoryStore());
    const heard: number[] = [];
    book.onAppended(() => JSON.parse('{'));
    book.onAppended(async () => JSON.parse('{'));
    const off = book.onAppended((sequence) => heard.push(sequence));
    expect(await codes([count('1')])).toEqual(['committed']);
    await count('1');
    off();
    await count('2');
    expect(heard).toEqual([1]);
  });
});

function refusedBy(message: string) {
  return storeFault('store_refused', message, { retryable: false, effect: 'none' });
}
