import { setTimeout as sleep } from 'node:timers/promises';
import { usd } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { ann, asking, at, Desk, moving, probe, probing, transfersOf } from '../../test/desk.ts';
import { collected, shakyStore } from '../../test/shaky-store.ts';
import {
  type BookOptions,
  createMemoryStore,
  decodeUnit,
  freeText,
  isText,
  openBook,
  type Rounds,
  type Store,
} from '../index.ts';
import { counters, openChart, plainTransfers } from '../testing/index.ts';

const one = usd('1.00');
const by = (key: string) => ({ actor: ann, key });

function open(more: Partial<BookOptions<string>> = {}) {
  const book = openBook<string>({
    store: createMemoryStore() as Store<string>,
    name: 'main',
    chart: openChart,
    clock: () => at,
    ...more,
  });
  return { book, counter: book.use(counters), moves: book.use(plainTransfers) };
}

const count = (more: object = {}) => ({ type: 'Count' as const, by: 1, ...more });
const move = (from: string, to: string, amount = one) => ({
  type: 'Move' as const,
  transfers: transfersOf([[from, to, amount]]),
});

describe('a book', () => {
  it.each(['', 'a b', 'a/b', '../x', 'x'.repeat(129), 7, undefined])('is not opened under the name %j', (name) => {
    expect(() => open({ name: name as string })).toThrow("a book's name is an id");
  });

  it('takes one decider of each kind, and only kinds that can be part of a name', () => {
    const { book } = open();
    expect(() => book.use(counters)).not.toThrow();
    expect(() => book.use({ ...counters })).toThrow('two deciders of the kind counter');
    expect(() => book.use({ ...counters, kind: 'a/b' })).toThrow('the kind of a decider is an id');
  });

  it('answers with a receipt, and with the same one again', async () => {
    const { moves, counter } = open();
    const first = (await moves.execute(move('world:bank', 'users:1'), by('1')))._unsafeUnwrap();
    expect(first).toMatchObject({ status: 'committed', book: 'main', sequence: 1, at });
    expect([...first.balances]).toEqual([
      ['world:bank USD', usd('-1.00')],
      ['users:1 USD', one],
    ]);
    await counter.execute('c', count(), by('2'));
    const again = (await moves.execute(move('world:bank', 'users:1'), by('1')))._unsafeUnwrap();
    expect(again).toMatchObject({ status: 'replayed', sequence: 1, at, digest: first.digest });
    expect(new Map(again.balances)).toEqual(new Map(first.balances));
  });

  it('previews what it would answer and writes nothing', async () => {
    const { book, moves } = open();
    const preview = (await moves.preview(move('world:bank', 'users:1'), by('1')))._unsafeUnwrap();
    expect(preview).toMatchObject({ status: 'previewed', sequence: 1 });
    expect((await moves.preview(move('users:1', 'users:2'), by('2')))._unsafeUnwrapErr().code).toBe(
      'insufficient_funds',
    );
    expect((await book.head())._unsafeUnwrap()).toMatchObject({ number: 0, sequence: 0 });
    const done = (await moves.execute(move('world:bank', 'users:1'), by('1')))._unsafeUnwrap();
    expect([done.status, done.digest]).toEqual(['committed', preview.digest]);
    expect((await moves.preview(move('world:bank', 'users:1'), by('1')))._unsafeUnwrap().status).toBe('replayed');
  });

  it('previews under the lock where others keep moving the head', async () => {
    const { store, shaken } = shakyStore();
    const { book } = open({ store: store as Store<string> });
    const other = open({ store: store as Store<string> });
    let loads = 0;
    let busy = true;
    shaken.locked = () => {
      busy = false;
    };
    const curious = { ...plainTransfers, kind: 'curious', needs: () => ({}) };
    shaken.load = async (go, ...call) => {
      const mine = busy && call[1].keys.every((key) => !key.startsWith('ann other'));
      if (mine) await other.counter.execute('c', count(), by(`other${loads++}`));
      return go(...call);
    };
    const preview = await book.use(curious).preview(move('world:bank', 'users:1'), by('1'));
    expect(preview.isOk()).toBe(true);
    expect(loads).toBeGreaterThan(3);
  });

  it('executes together what is asked together', async () => {
    const { book, counter, moves } = open();
    const both = [moves.ask(move('world:bank', 'users:1')), counter.ask('c', count({ holds: ['x'] }))];
    expect((await book.together(both, by('1')))._unsafeUnwrap().sequence).toBe(1);
    const half = [moves.ask(move('users:1', 'users:2')), counter.ask('d', count({ holds: ['x'] }))];
    expect((await book.together(half, by('2')))._unsafeUnwrapErr()).toEqual({
      code: 'claim_taken',
      claim: 'x',
      holder: 'counter/c',
    });
    expect((await book.balance('users:2', usd))._unsafeUnwrap().minor).toBe(0n);
  });

  it('asks the host who may, with the parsed command', async () => {
    const asked: unknown[] = [];
    const { counter } = open({
      authorise: (actor, about) => asked.push([actor.role, about]) === 0,
    });
    const refused = (await counter.execute('c', count(), by('1')))._unsafeUnwrapErr();
    expect(refused).toEqual({ code: 'not_authorised', role: 'customer', command: 'Count' });
    expect(asked).toEqual([['customer', { kind: 'counter', id: 'c', command: count() }]]);
  });

  it.each(['constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'keeps a record, an account and a claim of the name %s, as of any other',
    async (name) => {
      const { book, counter, moves } = open();
      expect((await counter.read(name))._unsafeUnwrap().state).toBeUndefined();
      const both = [counter.ask(name, count({ holds: [name] })), moves.ask(move('world:bank', name))];
      const receipt = (await book.together(both, by(name)))._unsafeUnwrap();
      expect(receipt.balances.get(`${name} USD`)).toEqual(one);
      expect((await counter.read(name))._unsafeUnwrap().state?.count).toBe(1);
      expect((await book.together(both, by(name)))._unsafeUnwrap().status).toBe('replayed');
    },
  );

  it('takes no option from a polluted prototype', async () => {
    const prototype = Object.prototype as { authorise?: unknown; limits?: unknown; maxQueue?: unknown };
    Object.assign(prototype, { authorise: () => false, limits: { maxQueue: 0 }, maxQueue: 0 });
    try {
      expect((await open().counter.execute('c', count(), by('1'))).isOk()).toBe(true);
      expect((await open({ limits: {} }).counter.execute('c', count(), by('1'))).isOk()).toBe(true);
    } finally {
      for (const name of ['authorise', 'limits', 'maxQueue'] as const) delete prototype[name];
    }
  });

  it('stops at once where its clock is none', async () => {
    await expect(open({ clock: () => '2026-03-07' }).counter.execute('c', count(), by('1'))).rejects.toThrow(
      'says "2026-03-07"',
    );
  });
});

describe('reads of a book', () => {
  async function counted() {
    const opened = open();
    for (const n of [1, 2, 3]) await opened.counter.execute('c', count({ note: `n${n}` }), by(`${n}`));
    await opened.counter.execute('b', count({ by: -1 }), by('4'));
    await opened.moves.execute(move('world:bank', 'users:1'), by('5'));
    await opened.moves.execute(move('world:bank', 'users:1', usd('2.00')), by('6'));
    return opened;
  }

  it('give a record as it stands, as of a sequence and with the sequence of the read', async () => {
    const { counter } = await counted();
    expect((await counter.read('c', { atLeast: 6 }))._unsafeUnwrap()).toMatchObject({
      state: { count: 3 },
      version: 3,
      status: 'positive',
      sequence: 6,
    });
    expect((await counter.read('c', { asOf: 2 }))._unsafeUnwrap()).toMatchObject({ state: { count: 2 }, version: 2 });
    const absent = { state: undefined, status: undefined, version: 0, sequence: 6 };
    for (const id of ['none', '', '\0', '../x', "'; --"])
      expect((await counter.read(id))._unsafeUnwrap()).toEqual(absent);
  });

  it('say that they are behind where they have not seen what was asked for', async () => {
    const { book, counter } = await counted();
    for (const moment of [{ atLeast: 7 }, { asOf: 7 }]) {
      expect((await counter.read('c', moment))._unsafeUnwrapErr()).toMatchObject({
        code: 'behind',
        retryable: true,
        effect: 'none',
      });
      expect((await book.balance('users:1', usd, moment))._unsafeUnwrapErr()).toMatchObject({ code: 'behind' });
    }
  });

  it('list records by status, page by page', async () => {
    const { counter } = await counted();
    const first = (await counter.list({ limit: 1 }))._unsafeUnwrap();
    expect([first.rows.map(({ id }) => id), first.next]).toEqual([['b'], 'b']);
    const rest = (await counter.list({ limit: 1, after: first.next as string }))._unsafeUnwrap();
    expect([rest.rows.map(({ id }) => id), rest.next]).toEqual([['c'], undefined]);
    const negative = (await counter.list({ limit: 9, status: 'negative' }))._unsafeUnwrap();
    expect(negative.rows).toMatchObject([{ id: 'b', status: 'negative', state: { count: -1 } }]);
  });

  it.each([0, -1, 1.5, 1_001, Number.NaN, '5', undefined])(
    'refuse a page of %j rows, and name the field',
    async (limit) => {
      const { book, counter } = await counted();
      const rows = limit as number;
      const refused = { code: 'shape_invalid', field: 'limit', allowed: 'a whole number from 1 to 1,000' };
      for (const read of [
        counter.list({ limit: rows }),
        book.accounts({ limit: rows }),
        book.lines({ account: 'users:1', currency: usd, order: 'newest', limit: rows }),
        book.units({ after: 0, limit: rows }),
      ]) {
        expect((await read)._unsafeUnwrapErr()).toMatchObject(refused);
      }
    },
  );

  it.each([-1, 0.5, Number.POSITIVE_INFINITY, '7'])('refuse %j as a sequence, and name the field', async (given) => {
    const { book, counter } = await counted();
    const sequence = given as number;
    const reads: readonly (readonly [string, Promise<Result<unknown, unknown>>])[] = [
      ['asOf', counter.read('b', { asOf: sequence })],
      ['atLeast', book.balance('users:1', usd, { atLeast: sequence })],
      ['asOf', book.accounts({ limit: 1, asOf: sequence })],
      ['after', book.units({ after: sequence, limit: 1 })],
    ];
    for (const [field, read] of reads)
      expect((await read)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });

  it.each([7, 'x'.repeat(1_001), 'a\0b'])('refuse %j as a cursor', async (after) => {
    const { book, counter } = await counted();
    for (const read of [
      counter.list({ limit: 1, after: after as string }),
      book.accounts({ limit: 1, after: after as string }),
    ])
      expect((await read)._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field: 'after' });
  });

  it('give balances, accounts and lines', async () => {
    const { book } = await counted();
    expect((await book.balance('users:1', usd))._unsafeUnwrap()).toMatchObject({
      minor: 300n,
      sequence: 6,
      money: usd('3.00'),
    });
    expect((await book.balance('users:1', usd, { asOf: 5 }))._unsafeUnwrap().minor).toBe(100n);
    expect((await book.balance('users:1', usd, { asOf: 4 }))._unsafeUnwrap().minor).toBe(0n);
    expect((await book.balance('users', usd))._unsafeUnwrap().minor).toBe(0n);
    const accounts = (await book.accounts({ prefix: 'users:', limit: 9 }))._unsafeUnwrap();
    expect(accounts.rows.map(({ account, balance }) => [account, balance])).toEqual([['users:1 USD', 300n]]);
    const lines = (await book.lines({ account: 'users:1', currency: usd, order: 'newest', limit: 9 }))._unsafeUnwrap();
    expect(lines.rows.map(({ amount, balance }) => [amount, balance])).toEqual([
      [200n, 300n],
      [100n, 100n],
    ]);
  });

  it('feed the units, and say where a history has diverged', async () => {
    const { book } = await counted();
    const feed = async (query: Parameters<typeof book.units>[0]) => (await book.units(query))._unsafeUnwrap();
    const first = await feed({ after: 0, limit: 4 });
    const units = first.kind === 'units' ? first.units : [];
    expect(units.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    const seen = units[3]?.digest as string;
    expect(await feed({ after: 4, limit: 1, digest: seen })).toMatchObject({
      kind: 'units',
      units: [{ sequence: 5 }],
      head: { sequence: 6 },
    });
    expect(await feed({ after: 3, limit: 1, digest: seen })).toMatchObject({ kind: 'diverged', sequence: 3 });
    expect(await feed({ after: 9, limit: 1, digest: seen })).toMatchObject({ kind: 'diverged', sequence: 9 });
    expect(await feed({ after: 6, limit: 1 })).toMatchObject({ kind: 'units', units: [] });
  });
});

describe('free text', () => {
  it('is kept beside the journal under its salted hash, and can be erased', async () => {
    const { book, counter } = open();
    await counter.execute('c', count({ note: 'Ann Doe, 5 Elm St' }), by('1'));
    const { state } = (await counter.read('c'))._unsafeUnwrap();
    const hash = state?.note?.textHash as string;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const [unit] = await collected(book.store.projectUnits('main'));
    expect(unit?.bytes).toContain(`{"textHash":"${hash}"}`);
    expect(unit?.bytes).not.toContain('Ann Doe');
    expect((await book.texts([hash]))._unsafeUnwrap().get(hash)?.text).toBe('Ann Doe, 5 Elm St');
    await counter.execute('d', count({ note: 'Ann Doe, 5 Elm St' }), by('2'));
    expect((await counter.read('d'))._unsafeUnwrap().state?.note?.textHash).not.toBe(hash);
    expect((await book.eraseTexts([hash]))._unsafeUnwrap()).toBe(1);
    expect((await book.texts([hash]))._unsafeUnwrap().size).toBe(0);
    expect((await counter.execute('c', count({ note: 'Ann Doe, 5 Elm St' }), by('1')))._unsafeUnwrap().status).toBe(
      'replayed',
    );
  });

  it('is well-formed, without the character 0 and of 10,000 characters at most', () => {
    for (const text of ['', 'é\n"', 'x'.repeat(10_000)])
      expect([isText(text), freeText(text).value]).toEqual([true, text]);
    for (const text of ['a\0', 'a\ud800', 'x'.repeat(10_001), 5 as never]) {
      expect(isText(text)).toBe(false);
      expect(() => freeText(text)).toThrow('a free text is');
    }
  });
});

describe('a transaction of the host', () => {
  function hosted() {
    const store = createMemoryStore();
    const joined: string[] = [];
    const within = (client: string): Rounds => {
      joined.push(client);
      return store;
    };
    const both = new Proxy(store, {
      get: (target, name) => {
        const value: unknown = name === 'within' ? within : Reflect.get(target, name);
        return typeof value === 'function' && name !== 'within' ? value.bind(target) : value;
      },
    }) as Store<string>;
    return { ...open({ store: both }), joined };
  }

  it('gets provisional receipts and publishes nothing', async () => {
    const { book, joined } = hosted();
    const told: number[] = [];
    book.onAppended((sequence) => told.push(sequence));
    const receipts = await book.within('client', async (here) => {
      const counter = here.use(counters);
      return Promise.all([counter.execute('c', count(), by('1')), counter.execute('c', count(), by('2'))]);
    });
    expect(receipts.map((receipt) => receipt._unsafeUnwrap())).toMatchObject([
      { status: 'provisional', sequence: 1 },
      { status: 'provisional', sequence: 2 },
    ]);
    expect([joined, told]).toEqual([['client'], []]);
  });

  it('has a call to the book itself throw at once', async () => {
    const { book, counter } = hosted();
    const calls = [
      () => counter.execute('c', count(), by('1')),
      () => counter.preview('c', count(), by('1')),
      () => book.runDueTasks(),
      () => book.within('other', async () => 1),
    ];
    await book.within('client', async () => {
      for (const call of calls) await expect(call()).rejects.toThrow('is held by a transaction of this very call');
      await sleep(1);
      await expect(counter.execute('c', count(), by('1'))).rejects.toThrow('is held');
    });
    expect((await counter.execute('c', count(), by('1')))._unsafeUnwrap().status).toBe('committed');
  });

  it('holds up neither another book nor what outlives the work', async () => {
    const { book } = hosted();
    const other = open();
    let later: Promise<unknown> = Promise.resolve();
    await book.within('client', async () => {
      expect((await other.counter.execute('c', count(), by('1'))).isOk()).toBe(true);
      later = sleep(20).then(() => book.use(counters).execute('c', count(), by('2')));
    });
    expect(await later).toMatchObject({ value: { status: 'committed' } });
  });

  it('ends what was begun before it returns, and lets nothing begin afterwards', async () => {
    const { book } = hosted();
    let kept: Parameters<Parameters<typeof book.within>[1]>[0] | undefined;
    await book.within('client', async (here) => {
      kept = here;
      void here.use(counters).execute('c', count(), by('1'));
    });
    expect((await book.head())._unsafeUnwrap().sequence).toBe(1);
    await expect(kept?.use(counters).execute('c', count(), by('2'))).rejects.toThrow('no longer its to use');
  });
});

describe('the codec of a unit', () => {
  it('reads what was written', () => {
    const desk = new Desk();
    desk.run(asking('1', [moving(['world:bank', 'users:1', one]), probing('a', { holds: ['x'], dueAt: at })]));
    expect(decodeUnit(desk.texts[0] as string)).toMatchObject({
      accounts: [
        { account: 'world:bank USD', floor: null, scale: 2, type: 'asset' },
        { account: 'users:1 USD', floor: '0', scale: 2, type: 'liability' },
      ],
      actor: { id: 'ann', role: 'customer' },
      balances: { 'users:1 USD': '1.00', 'world:bank USD': '-1.00' },
      claims: [{ claim: 'x', holder: 'probe/a' }],
      entries: [[['world:bank', 'users:1', '1.00', 'USD', 'move']]],
      key: 'ann 1',
      records: [{ record: 'probe/a', status: 'open', version: 1 }],
      tasks: [{ put: { id: 'probe/a/due', dueAt: at } }],
    });
    expect(probe.kind).toBe('probe');
  });
});
