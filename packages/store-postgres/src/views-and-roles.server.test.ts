import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { bookKeeping, openBook } from '@holdfast/kernel';
import { openChart, plainTransfers } from '@holdfast/kernel/testing';
import { usd } from '@holdfast/money';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshSchema, openPool } from '../test/postgres-harness.ts';
import { nothing, SimpleJournal } from '../test/simple-journal.ts';
import { appendOnlyGrants, createPostgresStore, migrate } from './index.ts';

const schema = freshSchema();
const role = `${schema}_role`;
let admin: pg.Pool;
let pool: pg.Pool;
let book: string;

beforeAll(async () => {
  admin = openPool(postgresUrl());
  (await migrate(admin, { schema }))._unsafeUnwrap();
  await admin.query(`create role ${role} login password 'x'`);
  for (const statement of appendOnlyGrants({ schema, role })) await admin.query(statement);
  const url = new URL(postgresUrl());
  url.username = role;
  url.password = 'x';
  pool = openPool(url.href);
});
beforeEach(() => {
  book = freshSchema();
});
afterAll(async () => {
  await pool.end();
  await admin.query(`drop schema ${schema} cascade`);
  await admin.query(`drop role ${role}`);
  await admin.end();
});

/** Appends two units, with something of every kind. */
async function fill(client: pg.Pool): Promise<SimpleJournal> {
  const store = createPostgresStore({ client, schema });
  const journal = new SimpleJournal();
  const transfers = [
    { key: 'host 1', from: 'world:bank', to: 'users:1:available', amount: 1_05n },
    { key: 'host 2', from: 'users:1:available', to: 'users:2:available', amount: 5n },
  ];
  const row = { record: 'offer/a', version: 1, status: 'open', state: '{"n":1}', touches: [] };
  const batch = journal.batch(transfers, {
    records: [
      { ...row, sequence: 1 },
      { ...row, sequence: 2, version: 2, status: 'done' },
    ],
    claims: [
      { claim: 'c', sequence: 1, holder: 'offer/a' },
      { claim: 'd', sequence: 1, holder: 'offer/a' },
      { claim: 'd', sequence: 2, holder: null },
    ],
    tasks: [
      {
        put: {
          id: 'offer/a/expiry',
          dueAt: '2026-01-01T00:00:00.000Z',
          record: 'offer/a',
          command: { type: 'Expire' },
        },
      },
    ],
    texts: [{ hash: 'a'.repeat(64), salt: 's', text: 'a\nb', sequence: 1 }],
  });
  expect((await store.append(book, batch.before, batch.changes))._unsafeUnwrap()).toBe('appended');
  return journal;
}

describe('the views', () => {
  const view = async (name: string, columns: string, order = '1'): Promise<unknown[]> =>
    (
      await admin.query({
        text: `select ${columns} from ${schema}.${name} where book = $1 order by ${order}`,
        values: [book],
        rowMode: 'array',
      })
    ).rows;

  it('say in plain names what was written, with the decimals of each currency', async () => {
    const journal = await fill(admin);
    expect(await view('heads', 'number, sequence, digest')).toEqual([['1', '2', journal.head.digest]]);
    expect(await view('balances', 'account, currency, balance, minor_units, last_moved, closed')).toEqual([
      ['users:1:available', 'USD', '1.00', '100', '2', false],
      ['users:2:available', 'USD', '0.05', '5', '2', false],
      ['world:bank', 'USD', '-1.05', '-105', '1', false],
    ]);
    expect(await view('trial_balance', 'currency, type, accounts, debit, credit')).toEqual([
      ['USD', 'liability', '3', '1.05', '1.05'],
    ]);
    expect(await view('postings', 'sequence, ordinal, account, amount, balance_after', '1, 2')).toEqual([
      ['1', 0, 'world:bank', '-1.05', '-1.05'],
      ['1', 1, 'users:1:available', '1.05', '1.05'],
      ['2', 0, 'users:1:available', '-0.05', '1.00'],
      ['2', 1, 'users:2:available', '0.05', '0.05'],
    ]);
    expect(await view('transfers', 'sequence, from_account, to_account, amount, currency, kind')).toEqual([
      ['1', 'world:bank', 'users:1:available', '1.05', 'USD', 'transfer'],
      ['2', 'users:1:available', 'users:2:available', '0.05', 'USD', 'transfer'],
    ]);
    expect(await view('journal', 'sequence, actor, role, key, at')).toEqual([
      ['1', 'host', 'service', 'host 1', new Date('2026-03-07T10:00:00.000Z')],
      ['2', 'host', 'service', 'host 2', new Date('2026-03-07T10:00:00.000Z')],
    ]);
    expect(await view('events', 'sequence, type, version')).toEqual([
      ['1', 'MoneyMoved', 1],
      ['2', 'MoneyMoved', 1],
    ]);
    expect(await view('current_records', 'kind, id, status, version, state')).toEqual([
      ['offer', 'a', 'done', '2', { n: 1 }],
    ]);
    expect(await view('held_claims', 'claim, holder')).toEqual([['c', 'offer/a']]);
    expect(await view('open_tasks', 'id, attempts, leased, command')).toEqual([
      ['offer/a/expiry', 0, false, { type: 'Expire' }],
    ]);
  });

  it('say how the book stands, and when what was booked backwards takes effect', async () => {
    const store = createPostgresStore({ client: admin, schema });
    const kept = openBook({ store, name: book, chart: openChart, clock: () => '2026-03-07T10:00:00.000Z' });
    const by = (key: string) => ({ actor: { id: 'olga', role: 'operator' }, key });
    const one = { from: 'world:bank', to: 'users:1:available', amount: usd('1'), kind: 'gift' };
    const moves = kept.use(plainTransfers);
    const february = '2026-02-28T00:00:00.000Z';
    (await moves.execute({ type: 'Move', transfers: [one, one], effectiveAt: february }, by('1')))._unsafeUnwrap();
    (await moves.execute({ type: 'Move', transfers: [one] }, by('2')))._unsafeUnwrap();
    const close = { type: 'ClosePeriod', before: '2026-03-01T00:00:00.000Z' } as const;
    (await kept.use(bookKeeping).execute(close, by('3')))._unsafeUnwrap();
    expect(await view('heads', 'sequence, closed_before, epoch, format')).toEqual([
      ['3', new Date('2026-03-01T00:00:00.000Z'), '0', 2],
    ]);
    expect(await view('transfers', 'sequence, position, at, effective_at', '1, 2')).toEqual([
      ['1', '1', new Date('2026-03-07T10:00:00.000Z'), new Date(february)],
      ['1', '2', new Date('2026-03-07T10:00:00.000Z'), new Date(february)],
      ['2', '1', new Date('2026-03-07T10:00:00.000Z'), new Date('2026-03-07T10:00:00.000Z')],
    ]);
    await kept.close();
  });

  it('are exact for the largest amount and the smallest unit', async () => {
    await fill(admin);
    const largest = '9'.repeat(38);
    await admin.query(`insert into ${schema}.account values ($1, 'big ETH', 1, '{"scale":18,"type":"asset"}')`, [book]);
    await admin.query(`insert into ${schema}.line values ($1, 'big ETH', 1, 0, $2, $2)`, [book, largest]);
    const { rows } = await admin.query(`select balance from ${schema}.balances where book = $1 and account = 'big'`, [
      book,
    ]);
    expect(rows).toEqual([{ balance: `${largest.slice(0, 20)}.${largest.slice(20)}` }]);
  });
});

describe('a role with the grants of the docs', () => {
  it('keeps books', async () => {
    await fill(pool);
    const store = createPostgresStore({ client: pool, schema });
    expect(
      (await store.load(book, { ...nothing, keys: ['host 1'], records: ['offer/a'] }))._unsafeUnwrap().units.size,
    ).toBe(1);
    expect((await store.locked(book, (rounds) => rounds.load(book, nothing))).isOk()).toBe(true);
    const [leased] = (
      await store.leaseTasks({ books: [book], dueAt: '2026-02-01T00:00:00.000Z', limit: 1, leaseMs: 1_000 })
    )._unsafeUnwrap();
    if (!leased) throw new Error('nothing is due');
    expect((await store.giveBackTask(leased, 0))._unsafeUnwrap()).toBe(true);
    expect((await store.eraseTexts(book, ['a'.repeat(64)]))._unsafeUnwrap()).toBe(1);
    expect((await pool.query(`select * from ${schema}.balances`)).rows.length).toBeGreaterThan(0);
  });

  it.each(['batch', 'unit', 'line', 'account', 'record', 'claim', 'migration'])(
    'can neither change nor delete a row of %s',
    async (table) => {
      for (const text of [
        `update ${schema}.${table} set ${table === 'migration' ? 'name' : 'book'} = 'x'`,
        `delete from ${schema}.${table}`,
        `truncate ${schema}.${table}`,
        `drop table ${schema}.${table}`,
      ]) {
        await expect(pool.query(text)).rejects.toMatchObject({ code: '42501' });
      }
    },
  );

  it('cannot make tables, and hears so as a fault', async () => {
    const failed = (await migrate(pool, { schema: freshSchema() }))._unsafeUnwrapErr();
    expect(failed).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
  });

  it.each(['', 'x"; drop', 'A', 'a b', 'x'.repeat(64)])('is not %j', (name) => {
    expect(() => appendOnlyGrants({ schema, role: name })).toThrow(/^role is /);
  });
});

describe('what cannot be written', () => {
  it.each(['NaN', 'Infinity', '-Infinity', '1.5', '1.0', `1${'0'.repeat(38)}`, `-1${'0'.repeat(38)}`])(
    'is the amount %s',
    async (amount) => {
      for (const values of [`${book}', 'a USD', 1, 0, '${amount}', '0`, `${book}', 'a USD', 1, 0, '0', '${amount}`]) {
        await expect(admin.query(`insert into ${schema}.line values ('${values}')`)).rejects.toMatchObject({
          code: '23514',
        });
      }
    },
  );

  it('is not the largest amount of 38 digits, below zero or above', async () => {
    await admin.query(`insert into ${schema}.line values ($1, 'a USD', 1, 0, $2, $3)`, [
      book,
      '9'.repeat(38),
      `-${'9'.repeat(38)}`,
    ]);
    const store = createPostgresStore({ client: admin, schema });
    const { rows } = (await store.readLines(book, { account: 'a USD', order: 'newest', limit: 1 }))._unsafeUnwrap();
    expect(rows).toMatchObject([{ amount: 10n ** 38n - 1n, balance: 1n - 10n ** 38n }]);
  });
});

describe('what was tampered with', () => {
  const states = [
    '',
    'null',
    '{}',
    '{"type":"gold"}',
    '{"breach":"refusal","closed":false,"floor":"1.5","frozen":"none","scale":2,"type":"asset"}',
  ];
  it.each([...states, '{"breach":"refusal","closed":false,"floor":null,"frozen":"none","scale":99,"type":"asset"}'])(
    'is a fault when it is read, never made to fit: state %j',
    async (state) => {
      await fill(admin);
      await admin.query(`update ${schema}.account set state = $2 where book = $1 and account = 'world:bank USD'`, [
        book,
        state,
      ]);
      const store = createPostgresStore({ client: admin, schema });
      const corrupt = { code: 'store_corrupt', retryable: false, effect: 'none' };
      expect((await store.load(book, { ...nothing, accounts: ['world:bank USD'] }))._unsafeUnwrapErr()).toMatchObject(
        corrupt,
      );
      expect((await store.readAccounts(book, { limit: 10 }))._unsafeUnwrapErr()).toMatchObject(corrupt);
      await expect(read(store.projectAccounts(book))).rejects.toMatchObject({ fault: corrupt });
    },
  );

  it('is a fault when a stored text gained a line feed, or an amount became none', async () => {
    await fill(admin);
    const store = createPostgresStore({ client: admin, schema });
    await admin.query(`update ${schema}.unit set bytes = bytes || E'\\n' where book = $1`, [book]);
    expect((await store.load(book, { ...nothing, keys: ['host 1'] }))._unsafeUnwrapErr().code).toBe('store_corrupt');
    await admin.query(`alter table ${schema}.line drop constraint line_balance_check`);
    for (const amount of ['NaN', '1.5', 'Infinity']) {
      await admin.query(`update ${schema}.line set balance = $2 where book = $1`, [book, amount]);
      expect((await store.load(book, { ...nothing, accounts: ['world:bank USD'] }))._unsafeUnwrapErr().code).toBe(
        'store_corrupt',
      );
      expect(
        (await store.readLines(book, { account: 'world:bank USD', order: 'oldest', limit: 5 }))._unsafeUnwrapErr().code,
      ).toBe('store_corrupt');
    }
    await admin.query(`update ${schema}.task set command = 'nope' where book = $1`, [book]);
    await expect(read(store.projectTasks(book))).rejects.toMatchObject({ fault: { code: 'store_corrupt' } });
  });
});

async function read(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _row of rows);
}
