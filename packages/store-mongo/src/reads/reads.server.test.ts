import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store } from '@holdfast/kernel';
import { blankJournal, draftBatch } from '@holdfast/testkit';
import type { ClientSession, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, openClient } from '../../test/mongo-harness.ts';
import { createMongoStore, migrate } from '../index.ts';

const bank = 'world:bank USD';
const ann = 'users:1:available USD';
const refused = { fault: true, code: 'store_refused', retryable: false, effect: 'none' };

describeOnMongo('reads on MongoDB', (url) => {
  const database = freshDatabase();
  let client: MongoClient;
  let store: Store<ClientSession>;

  beforeAll(async () => {
    client = await openClient(url);
    (await migrate(client, { database }))._unsafeUnwrap();
    store = createMongoStore({ client, database });
    const drafts = Array.from({ length: 30 }, (_, index) => ({
      key: `host ${index}`,
      transfers: [{ from: 'world:bank', to: 'users:1:available', amount: 1n }],
      records: [{ record: 'seat/1', status: index % 2 === 0 ? 'held' : 'left' }],
    }));
    const { changes } = draftBatch(blankJournal, drafts);
    expect((await store.append('main', blankJournal.head, changes))._unsafeUnwrap()).toBe('appended');
  });
  afterAll(async () => {
    await client.db(database).dropDatabase();
    await client.close();
  });

  it.each(['', '1', '1.2', `${'9'.repeat(17)}.000000`, '0000000000000001.000000$', '-000000000000001.000000'])(
    'refuse a cursor of lines that no page gave: %j',
    async (after) => {
      const answer = await store.readLines('main', { account: bank, order: 'newest', limit: 5, after });
      expect(answer._unsafeUnwrapErr()).toMatchObject(refused);
    },
  );

  it.each(['$where', '.*', '%', '\\', ann])(
    'take a cursor of accounts as a name, whatever it holds: %j',
    async (after) => {
      const { rows } = (await store.readAccounts('main', { limit: 5, after }))._unsafeUnwrap();
      expect(rows.map(({ account }) => account)).toEqual([ann, bank].filter((account) => account > after));
    },
  );

  it.each([Number.NaN, 1.5, -2, Number.POSITIVE_INFINITY, '5', { $gt: 0 }])('refuse the limit %s', async (given) => {
    const limit = given as number;
    expect((await store.readUnits('main', { after: 0, limit }))._unsafeUnwrapErr()).toMatchObject(refused);
    expect((await store.readAccounts('main', { limit }))._unsafeUnwrapErr()).toMatchObject(refused);
    expect((await store.readRecords('main', { kind: 'seat', limit }))._unsafeUnwrapErr()).toMatchObject(refused);
    const lines = await store.readLines('main', { account: bank, order: 'oldest', limit });
    expect(lines._unsafeUnwrapErr()).toMatchObject(refused);
    expect((await store.readParkedTasks('main', { limit }))._unsafeUnwrapErr()).toMatchObject(refused);
  });

  it.each([{ $ne: null }, { $gt: '' }, /./, ['seat'], null, 7])('take no %s for a text', async (given) => {
    const text = given as unknown as string;
    const needs = { keys: [], accounts: [], records: [], claims: [] };
    const answers = [
      store.readHead(text),
      store.load(text, needs),
      store.load('main', { ...needs, keys: [text] }),
      store.readRecord('main', text),
      store.readRecords('main', { kind: text, limit: 5 }),
      store.readRecords('main', { kind: 'seat', status: text, limit: 5 }),
      store.readAccounts('main', { prefix: text, limit: 5 }),
      store.readLines('main', { account: text, order: 'newest', limit: 5 }),
      store.readTexts('main', [text]),
      store.eraseTexts('main', [text]),
      store.unparkTask('main', text),
      store.leaseTasks({ dueAt: text, limit: 5, leaseMs: 5 }),
      store.leaseTasks({ books: [text], dueAt: '2030', limit: 5, leaseMs: 5 }),
    ];
    for (const answer of await Promise.all(answers.map((one) => one.then((result) => result.isErr() && result.error))))
      expect(answer).toMatchObject(refused);
  });

  it('give a record and an account as they stood after any unit, whatever came since', async () => {
    for (const asOf of [1, 2, 17, 30]) {
      const { row, sequence } = (await store.readRecord('main', 'seat/1', { asOf }))._unsafeUnwrap();
      expect([row?.sequence, row?.version, row?.status, sequence]).toEqual([
        asOf,
        asOf,
        asOf % 2 === 1 ? 'held' : 'left',
        30,
      ]);
      const { rows } = (await store.readAccounts('main', { prefix: ann, asOf, limit: 2 }))._unsafeUnwrap();
      expect(rows.map(({ balance }) => balance)).toEqual([BigInt(asOf)]);
    }
    expect((await store.readRecord('main', 'seat/1', { asOf: 0 }))._unsafeUnwrap().row).toBeUndefined();
  });

  it('say that a unit is missing rather than leave it out', async () => {
    const units = client.db(database).collection<{ _id: string }>('holdfast.unit');
    const _id = `main ${'7'.padStart(16, '0')}`;
    const unit = await units.findOne({ _id });
    await units.deleteOne({ _id });
    const fault = (await store.readUnits('main', { after: 4, limit: 5 }))._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'store_corrupt', message: 'of the units 5 to 9 of main only 4 are there' });
    if (unit) await units.insertOne(unit);
    expect((await store.readUnits('main', { after: 4, limit: 5 }))._unsafeUnwrap().units).toHaveLength(5);
    expect((await store.readUnits('main', { after: 4, limit: 0 }))._unsafeUnwrap().units).toEqual([]);
  });
});
