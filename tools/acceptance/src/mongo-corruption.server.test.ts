import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { createMongoStore, migrate } from '@holdfast/store-mongo';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { deciders, openMarketplace, stepNamed } from './marketplace.ts';

type Row = Document & { readonly _id: string };
type Collections = (name: string) => Collection<Row>;

/** What somebody with access to the database did, and what the verifier has to say of it first. */
const plants: readonly {
  readonly what: string;
  readonly plant: (collection: Collections) => Promise<unknown>;
  /** The table and row of the first difference; where a document cannot be what was written, what is said of it. */
  readonly first: readonly [table: string, row: string, found?: RegExp] | undefined;
}[] = [
  { what: 'nothing', plant: async () => {}, first: undefined },
  {
    what: 'an amount of a line',
    plant: inUnit(2, 'lines', { account: 'users:carla:available USD' }, { amount: '-10499' }),
    first: ['line', 'users:carla:available USD 2.0'],
  },
  {
    what: 'a balance of a line',
    plant: inUnit(2, 'lines', { account: 'users:carla:available USD' }, { balance: '19501' }),
    first: ['line', 'users:carla:available USD 2.0'],
  },
  {
    what: 'a deleted line',
    plant: (collection) =>
      changed(collection('unit'), unit(2), { $pull: { lines: { account: 'users:carla:available USD' } } }),
    first: ['line', 'users:carla:available USD 2.0'],
  },
  {
    what: 'a line that nobody wrote',
    plant: (collection) =>
      changed(collection('unit'), unit(2), {
        $push: { lines: { account: 'users:carla:available USD', ordinal: 9, amount: '100', balance: '100' } },
      }),
    first: ['line', 'users:carla:available USD 2.9'],
  },
  {
    what: 'a balance that rounds read',
    plant: (collection) =>
      changed(collection('account'), 'market users:konrad:available USD', { $set: { 'line.balance': '800000' } }),
    first: ['line', 'that cannot be read', /users:konrad:available USD.*800000/],
  },
  {
    what: 'a deleted unit',
    plant: async (collection) => expect((await collection('unit').deleteOne({ _id: unit(3) })).deletedCount).toBe(1),
    first: ['unit', '3'],
  },
  { what: 'two swapped units', plant: swapUnits, first: ['unit', '2'] },
  {
    what: 'a balance inside the text of a unit',
    plant: async (collection) => {
      const found = await collection('unit').findOne({ _id: unit(2) });
      const bytes = String(found?.bytes).replace('"195.00"', '"195.01"');
      return changed(collection('unit'), unit(2), { $set: { bytes } });
    },
    first: ['unit', '2'],
  },
  {
    what: 'the status of a record',
    plant: inUnit(3, 'records', { record: 'offer/o1' }, { status: 'pending' }),
    first: ['record', 'offer/o1 3'],
  },
  {
    what: 'the state of a record',
    plant: inUnit(3, 'records', { record: 'offer/o1' }, { state: '{}' }),
    first: ['record', 'offer/o1 3'],
  },
  {
    what: 'the state of a record that rounds read',
    plant: (collection) => changed(collection('record'), 'market offer/o1', { $set: { status: 'accepted' } }),
    first: ['record', 'that cannot be read', /offer\/o1.*accepted/],
  },
  {
    what: 'the floor of an account',
    plant: inUnit(1, 'accounts', { account: 'users:carla:available USD' }, { floor: null }),
    first: ['account', 'that cannot be read', /users:carla:available USD/],
  },
  {
    what: 'who held a claim',
    plant: inUnit(2, 'claims', { claim: 'offer:job:j1' }, { holder: 'offer/o2' }),
    first: ['claim', 'offer:job:j1 2'],
  },
  {
    what: 'a claim that was given back',
    plant: (collection) => changed(collection('claim'), 'market offer:job:j1', { $set: { holder: 'offer/o1' } }),
    first: ['claim', 'that cannot be read', /offer:job:j1.*offer\/o1/],
  },
  {
    what: 'a task that nobody scheduled',
    plant: (collection) =>
      collection('task').insertOne({
        _id: 'market offer/o1/ExpireOffer',
        book: 'market',
        id: 'offer/o1/ExpireOffer',
        dueAt: '2026-01-01T00:00:00.000Z',
        record: 'offer/o1',
        command: '{"type":"ExpireOffer"}',
        attempts: 0,
        lease: null,
        freeAt: null,
      }),
    first: ['task', 'offer/o1/ExpireOffer'],
  },
  {
    what: 'the digest of the newest batch',
    plant: (collection) => changed(collection('batch'), batch(5), { $set: { digest: 'f'.repeat(64) } }),
    first: ['batch', '5'],
  },
  {
    what: 'the head that rounds read',
    plant: (collection) => changed(collection('head'), 'market', { $set: { number: 4 } }),
    first: ['batch', '5'],
  },
];

describeOnMongo('the verifier on MongoDB names the first row that was changed by hand', (url) => {
  const database = `corrupted_${process.pid}`;
  let client: MongoClient;
  let store: Store<never>;
  /** Every document of the sound book, to begin each test with. */
  const sound = new Map<string, readonly Row[]>();
  const collection: Collections = (name) => client.db(database).collection<Row>(`holdfast.${name}`);

  beforeAll(async () => {
    client = new MongoClient(url);
    (await migrate(client, { database }))._unsafeUnwrap();
    store = createMongoStore({ client, database }) as Store<never>;
    const market = openMarketplace(store);
    (await market.deposit(usd('300'), 'deposit'))._unsafeUnwrap();
    for (const name of ['send', 'accept', 'complete']) (await stepNamed(name).run(market, name))._unsafeUnwrap();
    (await market.deposit(usd('20'), 'deposit-2'))._unsafeUnwrap();
    for (const name of ['head', 'batch', 'unit', 'account', 'record', 'claim', 'task'])
      sound.set(name, await collection(name).find().toArray());
  });
  afterAll(async () => {
    await client.db(database).dropDatabase();
    await client.close();
  });
  beforeEach(async () => {
    for (const [name, rows] of sound) {
      await collection(name).deleteMany({});
      if (rows.length > 0) await collection(name).insertMany([...rows]);
    }
  });

  it.each(plants)('$what', async ({ plant, first }) => {
    await plant(collection);
    const report = (await verifyBook({ store, book: 'market', deciders }))._unsafeUnwrap();
    const { difference } = report;
    expect(difference && [difference.table, difference.row]).toEqual(first?.slice(0, 2));
    if (first?.[2]) expect(difference?.found).toMatch(first[2]);
    expect(report.verified).toBe(first === undefined);
  });
});

function unit(sequence: number): string {
  return `market ${`${sequence}`.padStart(16, '0')}`;
}

function batch(number: number): string {
  return unit(number);
}

/** Changes one row in a unit. */
function inUnit(sequence: number, list: string, which: Document, fields: Document) {
  return (collection: Collections): Promise<void> => {
    const set = Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${list}.$[row].${field}`, value]));
    const arrayFilters = [Object.fromEntries(Object.entries(which).map(([field, value]) => [`row.${field}`, value]))];
    return changed(collection('unit'), unit(sequence), { $set: set }, arrayFilters);
  };
}

async function changed(
  collection: Collection<Row>,
  _id: string,
  update: Document,
  arrayFilters: Document[] = [],
): Promise<void> {
  const options = arrayFilters.length > 0 ? { arrayFilters } : {};
  expect((await collection.updateOne({ _id }, update, options)).modifiedCount).toBe(1);
}

async function swapUnits(collection: Collections): Promise<void> {
  const units = collection('unit');
  const [second, third] = await units.find({ _id: { $in: [unit(2), unit(3)] } }, { sort: { _id: 1 } }).toArray();
  if (!second || !third) throw new Error('the units are not there');
  await units.deleteMany({ _id: { $in: [unit(2), unit(3)] } });
  await units.insertMany([
    { ...second, _id: unit(3), sequence: 3 },
    { ...third, _id: unit(2), sequence: 2 },
  ]);
}
