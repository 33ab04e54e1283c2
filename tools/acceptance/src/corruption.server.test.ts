import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type { Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deciders, openMarketplace, stepNamed } from './marketplace.ts';

let pool: pg.Pool;
let store: Store<never>;
const schema = 'corrupted';

beforeAll(() => {
  pool = new pg.Pool({ connectionString: postgresUrl(), max: 4 });
});
afterAll(async () => {
  await pool.query(`drop schema if exists ${schema} cascade`);
  await pool.end();
});
afterEach(() => store.close());
beforeEach(async () => {
  await pool.query(`drop schema if exists ${schema} cascade`);
  (await migrate(pool, { schema }))._unsafeUnwrap();
  store = createPostgresStore({ client: pool, schema }) as Store<never>;
  const market = openMarketplace(store);
  (await market.deposit(usd('300'), 'deposit'))._unsafeUnwrap();
  for (const name of ['send', 'accept', 'complete']) (await stepNamed(name).run(market, name))._unsafeUnwrap();
  (await market.deposit(usd('20'), 'deposit-2'))._unsafeUnwrap();
});

/** What somebody with access to the database did, and what the verifier has to say of it first. */
const plants: readonly {
  readonly what: string;
  readonly sql: readonly string[];
  readonly table: string;
  readonly row: string;
}[] = [
  { what: 'nothing', sql: [], table: '', row: '' },
  {
    what: 'an amount of a line',
    sql: [`update line set amount = amount + 1 where account = 'users:carla:available USD' and sequence = 2`],
    table: 'line',
    row: 'users:carla:available USD 2.0',
  },
  {
    what: 'a balance of a line',
    sql: [`update line set balance = balance + 1 where account = 'users:konrad:available USD'`],
    table: 'line',
    row: 'users:konrad:available USD 4.1',
  },
  {
    what: 'a deleted line',
    sql: [`delete from line where account = 'platform:fees:unearned USD' and sequence = 4`],
    table: 'line',
    row: 'platform:fees:unearned USD 4.2',
  },
  {
    what: 'a line that nobody wrote',
    sql: [`insert into line values ('market', 'users:eve:available USD', 5, 9, 100, 100)`],
    table: 'line',
    row: 'users:eve:available USD 5.9',
  },
  { what: 'a deleted unit', sql: ['delete from unit where sequence = 3'], table: 'unit', row: '3' },
  {
    what: 'two swapped units',
    sql: [
      'update unit set sequence = 99 where sequence = 2',
      'update unit set sequence = 2 where sequence = 3',
      'update unit set sequence = 3 where sequence = 99',
    ],
    table: 'unit',
    row: '2',
  },
  {
    what: 'a balance inside the text of a unit',
    sql: [`update unit set bytes = replace(bytes, '"195.00"', '"195.01"') where sequence = 2`],
    table: 'unit',
    row: '2',
  },
  {
    what: 'the state of a record',
    sql: [`update record set state = replace(state, '80.00', '90.00') where sequence = 4`],
    table: 'record',
    row: 'offer/o1 4',
  },
  {
    what: 'the status of a record',
    sql: [`update record set status = 'pending' where sequence = 4`],
    table: 'record',
    row: 'offer/o1 4',
  },
  {
    what: 'a deleted version of a record',
    sql: ['delete from record where sequence = 3'],
    table: 'record',
    row: 'offer/o1 3',
  },
  {
    what: 'the floor of an account',
    sql: [
      `update account set state = replace(state, '"floor":"0"', '"floor":null') where account = 'users:carla:available USD'`,
    ],
    table: 'account',
    row: 'users:carla:available USD 1',
  },
  {
    what: 'a claim that was given back',
    sql: ['delete from claim where sequence = 4'],
    table: 'claim',
    row: 'offer:job:j1 4',
  },
  {
    what: 'a task that nobody scheduled',
    sql: [
      `insert into task (book, id, due_at, record, command) values ('market', 'offer/o1/ExpireOffer', '2026-01-01T00:00:00.000Z', 'offer/o1', '{"type":"ExpireOffer"}')`,
    ],
    table: 'task',
    row: 'offer/o1/ExpireOffer',
  },
  {
    what: 'the digest of the newest batch',
    sql: [`update batch set digest = repeat('f', 64) where number = (select max(number) from batch)`],
    table: 'batch',
    row: '5',
  },
];

describe('the verifier on Postgres names the first row that was changed by hand', () => {
  it.each(plants)('$what', async ({ sql, table, row }) => {
    for (const statement of sql)
      await pool.query(
        statement.replace(
          /\b(line|unit|record|account|claim|task|batch)\b(?= (set|where|values|\())|(?<=(from|into|update) )(line|unit|record|account|claim|task|batch)\b/g,
          `${schema}.$&`,
        ),
      );
    const report = (await verifyBook({ store, book: 'market', deciders }))._unsafeUnwrap();
    expect(report.difference && { table: report.difference.table, row: report.difference.row }).toEqual(
      table === '' ? undefined : { table, row },
    );
    expect(report.verified).toBe(table === '');
  });
});
