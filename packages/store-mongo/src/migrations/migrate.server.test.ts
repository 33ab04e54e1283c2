import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshDatabase, openClient } from '../../test/mongo-harness.ts';
import { createMongoStore, migrate } from '../index.ts';
import { neededCollections, neededIndexes } from './indexes.ts';

describeOnMongo('migrate', (url) => {
  let client: MongoClient;
  let database: string;

  beforeAll(async () => {
    client = await openClient(url);
  });
  afterAll(() => client.close());
  beforeEach(() => {
    database = freshDatabase();
  });
  afterEach(async () => {
    await client.db(database).dropDatabase();
  });

  const head = (namespace?: string) =>
    createMongoStore({ client, database, ...(namespace === undefined ? {} : { namespace }) }).readHead('main');

  it('makes every collection and index, and nothing the second time', async () => {
    expect((await migrate(client, { database }))._unsafeUnwrap()).toEqual(['0001_journal']);
    const names = (await client.db(database).listCollections().toArray()).map(({ name }) => name).sort();
    expect(names).toEqual(neededCollections.map((name) => `holdfast.${name}`).sort());
    for (const { collection, name, key } of neededIndexes) {
      const indexes = await client.db(database).collection(`holdfast.${collection}`).indexes();
      expect(indexes.find((index) => index.name === name)?.key).toEqual(key);
    }
    expect((await migrate(client, { database }))._unsafeUnwrap()).toEqual([]);
    expect((await head())._unsafeUnwrap().number).toBe(0);
  });

  it('may be called by twenty at once, each with a client of its own, and one of them takes the step', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => openClient(url, { maxPoolSize: 2 })));
    const answers = await Promise.all(clients.map((one) => migrate(one, { database })));
    expect(answers.flatMap((answer) => answer._unsafeUnwrap())).toEqual(['0001_journal']);
    expect((await head())._unsafeUnwrap().number).toBe(0);
    await Promise.all(clients.map((one) => one.close()));
  });

  it('keeps namespaces of one database apart', async () => {
    (await migrate(client, { database, namespace: 'one' }))._unsafeUnwrap();
    expect((await head('one')).isOk()).toBe(true);
    expect((await head('two'))._unsafeUnwrapErr()).toMatchObject({
      code: 'schema_missing',
      retryable: false,
      effect: 'none',
    });
  });

  it('is asked for where nothing was made, and once it was made the same store works', async () => {
    const store = createMongoStore({ client, database });
    const fault = (await store.readHead('main'))._unsafeUnwrapErr();
    expect(fault).toMatchObject({
      code: 'schema_missing',
      message: 'holdfast lacks the step 0001_journal: run migrate()',
    });
    (await migrate(client, { database }))._unsafeUnwrap();
    expect((await store.readHead('main')).isOk()).toBe(true);
  });

  it.each(neededIndexes)('is asked for where the index $name is not there', async ({ collection, name }) => {
    (await migrate(client, { database }))._unsafeUnwrap();
    await client.db(database).collection(`holdfast.${collection}`).dropIndex(name);
    const fault = (await head())._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'schema_missing', retryable: false });
    expect(fault.message).toContain(`lacks the index ${name} of holdfast.${collection}`);
    (await migrate(client, { database }))._unsafeUnwrap();
    expect((await head()).isOk()).toBe(true);
  });

  it('refuses an index of the same name that is another one, and so does a store', async () => {
    (await migrate(client, { database }))._unsafeUnwrap();
    const units = client.db(database).collection('holdfast.unit');
    await units.dropIndex('unit_key');
    await units.createIndex({ book: 1, key: 1 }, { name: 'unit_key' });
    expect((await head())._unsafeUnwrapErr()).toMatchObject({ code: 'schema_missing' });
    const fault = (await migrate(client, { database }))._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'schema_missing', retryable: false });
    expect(fault.message).toContain('an index of the same name is another one');
  });

  it('leaves collections alone that a newer version has changed for good, and so does a store', async () => {
    (await migrate(client, { database }))._unsafeUnwrap();
    const steps = client
      .db(database)
      .collection<{ _id: number; name: string; breaking: boolean }>('holdfast.migration');
    await steps.insertOne({ _id: 2, name: '0002_better', breaking: false });
    expect((await head()).isOk()).toBe(true);
    await steps.insertOne({ _id: 3, name: '0003_other', breaking: true });
    for (const answer of [await head(), await migrate(client, { database })]) {
      const fault = answer._unsafeUnwrapErr();
      expect(fault).toMatchObject({ code: 'schema_too_new', retryable: false, effect: 'none' });
      expect(fault.message).toContain('0003_other');
    }
  });
});
