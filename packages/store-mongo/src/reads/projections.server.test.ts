import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store } from '@holdfast/kernel';
import { blankJournal, type Draft, draftBatch, type Journal, verifyJournal } from '@holdfast/testkit';
import type { Collection, Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshDatabase, openClient } from '../../test/mongo-harness.ts';
import { createMongoStore, migrate } from '../index.ts';

const ann = 'users:ann USD';
const drafts: readonly Draft[] = [
  {
    key: 'host 1',
    transfers: [{ from: 'world:bank', to: 'users:ann', amount: 300n }],
    records: [{ record: 'seat/1', status: 'held', touches: [ann] }],
    claims: [{ claim: 'seat:1', holder: 'seat/1' }],
  },
  {
    key: 'host 2',
    transfers: [{ from: 'users:ann', to: 'users:ben', amount: 100n }],
    records: [{ record: 'seat/1', status: 'left', touches: [ann] }],
    claims: [{ claim: 'seat:1', holder: null }],
  },
];

type Plant = (collection: (name: string) => Collection<Document & { _id: string }>) => Promise<unknown>;
const set =
  (name: string, _id: string, fields: Document): Plant =>
  async (collection) =>
    expect((await collection(name).updateOne({ _id }, { $set: fields })).modifiedCount).toBe(1);
const drop =
  (name: string, _id: string): Plant =>
  async (collection) =>
    expect((await collection(name).deleteOne({ _id })).deletedCount).toBe(1);
const unit = (sequence: number) => `main ${`${sequence}`.padStart(16, '0')}`;

/** What somebody with access to the database did to a document, and what whoever verifies the book hears. */
const plants: readonly (readonly [what: string, plant: Plant, says: RegExp])[] = [
  [
    'a balance that rounds read',
    set('account', `main ${ann}`, { 'line.balance': '999' }),
    /line of users:ann USD is at balance "999"/,
  ],
  [
    'a balance that is a number',
    set('account', `main ${ann}`, { 'line.balance': 200 }),
    /balance of a line of users:ann USD is 200/,
  ],
  [
    'a floor that rounds read',
    set('account', `main ${ann}`, { 'standing.floor': '-500' }),
    /standing of users:ann USD is at state/,
  ],
  ['an account that is gone', drop('account', `main ${ann}`), /line of users:ann USD is missing in the document/],
  [
    'an account rolled back',
    set('account', `main ${ann}`, { 'line.sequence': 1 }),
    /line of users:ann USD is at sequence 1/,
  ],
  [
    'an account ahead of the book',
    set('account', `main ${ann}`, { 'line.sequence': 9 }),
    /line of users:ann USD is at sequence 9/,
  ],
  [
    'a line of the newest unit',
    set('unit', unit(2), { 'lines.0.balance': '201' }),
    /line of users:ann USD is at balance "200"/,
  ],
  [
    'a line of an older unit',
    set('unit', unit(1), { 'lines.1.balance': '301' }),
    /^lines of users:ann USD: 1\/1 300 301 is there/,
  ],
  ['a unit without its lines', set('unit', unit(2), { lines: [] }), /line of users:ann USD is at sequence 2/],
  ['the status of a record', set('record', 'main seat/1', { status: 'held' }), /state of seat\/1 is at status "held"/],
  ['what a record touches', set('record', 'main seat/1', { touches: [] }), /state of seat\/1 is at touches \[\]/],
  [
    'an older status of a record',
    set('unit', unit(1), { 'records.0.status': 'x' }),
    /^records of seat\/1: 1 1 x is there/,
  ],
  [
    'the holder of a claim',
    set('claim', 'main seat:1', { holder: 'seat/9' }),
    /holder of seat:1 is at holder "seat\/9"/,
  ],
  ['a claim that is gone', drop('claim', 'main seat:1'), /holder of seat:1 is missing in the document/],
  ['a unit that is gone', drop('unit', unit(1)), /^unit 1 is missing/],
  ['the text of a unit', set('unit', unit(1), { bytes: '{}' }), /^unit 1 does not chain/],
  ['a batch that is gone', drop('batch', unit(1)), /^batch 1 is missing/],
  ['the newest batch gone', drop('batch', unit(2)), /^batch 3 is missing: 2 comes next/],
  ['the digest of the head', set('head', 'main', { digest: 'f'.repeat(64) }), /^the head has another digest/],
  ['a head rolled back', set('head', 'main', { number: 1, sequence: 1 }), /^the head is at 1, the newest unit at 2/],
  ['a head that is gone', drop('head', 'main'), /^the head is at 0, the newest unit at 2/],
];

describeOnMongo('whoever verifies a book on MongoDB', (url) => {
  let client: MongoClient;
  let database: string;
  let store: Store<never>;
  let journal: Journal;

  beforeAll(async () => {
    client = await openClient(url);
  });
  afterAll(() => client.close());
  beforeEach(async () => {
    database = freshDatabase();
    (await migrate(client, { database }))._unsafeUnwrap();
    store = createMongoStore({ client, database }) as Store<never>;
    journal = blankJournal;
    for (const draft of drafts) await append([draft]);
    return async () => {
      await client.db(database).dropDatabase();
    };
  });

  async function append(more: readonly Draft[]): Promise<void> {
    const made = draftBatch(journal, more);
    expect((await store.append('main', journal.head, made.changes))._unsafeUnwrap()).toBe('appended');
    journal = made.journal;
  }

  /** What the check of the laws says of the book: a difference, or the fault of a stream. */
  async function verdict(): Promise<string | undefined> {
    try {
      const difference = await verifyJournal(store, 'main');
      // That check does not look at how accounts stand.
      if (difference === undefined)
        for await (const { state } of store.projectAccounts('main')) expect(state.floor).toBeDefined();
      return difference;
    } catch (error) {
      expect((error as { fault?: unknown }).fault).toMatchObject({
        code: 'store_corrupt',
        retryable: false,
        effect: 'none',
      });
      return (error as Error).message;
    }
  }

  it('hears nothing of a book that is whole', async () => {
    expect(await verdict()).toBeUndefined();
  });

  it.each(plants)('hears of %s', async (_what, plant, says) => {
    await plant((name) => client.db(database).collection(`holdfast.${name}`));
    expect(await verdict()).toMatch(says);
  });

  it('sees the rows up to the head at the start, each once, while the book goes on', async () => {
    await append(
      Array.from({ length: 1_200 }, (_, index) => ({
        key: `host more-${index}`,
        transfers: drafts[0]?.transfers ?? [],
      })),
    );
    const until = journal.head.sequence;
    const seen: string[] = [];
    for await (const line of store.projectLines('main')) {
      if (seen.length === 3) await append([{ key: 'host late', transfers: drafts[0]?.transfers ?? [] }]);
      seen.push(`${line.account} ${line.sequence} ${line.ordinal}`);
    }
    expect(seen.length).toBe(2 * until);
    expect(new Set(seen).size).toBe(seen.length);
    const units: number[] = [];
    for await (const { sequence } of store.projectUnits('main')) units.push(sequence);
    expect(units).toEqual(Array.from({ length: until + 1 }, (_, index) => index + 1));
  });

  it('may stop in the middle', async () => {
    for await (const line of store.projectLines('main')) {
      expect(line.account).toBe(ann);
      break;
    }
    for await (const row of store.projectUnits('main')) {
      expect(row.sequence).toBe(1);
      break;
    }
    await append([{ key: 'host after' }]);
  });
});
