import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store } from '@holdfast/kernel';
import { blankJournal, type Draft, draftBatch, verifyJournal } from '@holdfast/testkit';
import type { ClientSession, MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshDatabase, openClient } from '../../test/mongo-harness.ts';
import { createMongoStore, migrate } from '../index.ts';

const nothing = { keys: [], accounts: [], records: [], claims: [] };
const drafts: readonly Draft[] = [{ key: 'host 1', transfers: [{ from: 'world:bank', to: 'users:ann', amount: 1n }] }];
const { changes, journal } = draftBatch(blankJournal, drafts);

describeOnMongo("a host's transaction on MongoDB", (url) => {
  let client: MongoClient;
  let database: string;
  let store: Store<ClientSession>;
  let session: ClientSession;

  beforeAll(async () => {
    client = await openClient(url);
  });
  afterAll(() => client.close());
  beforeEach(async () => {
    database = freshDatabase();
    (await migrate(client, { database }))._unsafeUnwrap();
    await client.db(database).createCollection('note');
    store = createMongoStore({ client, database, lockTimeoutMs: 300 });
    session = client.startSession();
  });
  afterEach(async () => {
    await session.endSession();
    await client.db(database).dropDatabase();
  });

  const note = (text: string) => client.db(database).collection('note').insertOne({ text }, { session });
  const notes = () => client.db(database).collection('note').countDocuments();

  it('has to be open', async () => {
    const fault = (await store.within(session, 'main').load('main', nothing))._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'store_refused', message: 'the session holds no open transaction' });
  });

  it('has to commit to a majority', async () => {
    session.startTransaction({ writeConcern: { w: 1 } });
    const fault = (await store.within(session, 'main').load('main', nothing))._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
    expect(fault.message).toContain("begin it with { writeConcern: { w: 'majority' } }");
    await note('mine');
    await session.commitTransaction();
    expect(await notes()).toBe(1);
  });

  it('has to be of the same client', async () => {
    const other = await openClient(url);
    const theirs = other.startSession();
    theirs.startTransaction();
    const fault = (await store.within(theirs, 'main').load('main', nothing))._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'store_refused', retryable: false, effect: 'none' });
    await theirs.endSession();
    await other.close();
  });

  it('is a session of the driver, or it is a defect', () => {
    expect(() => store.within({} as ClientSession, 'main')).toThrow('the client is no ClientSession');
  });

  it('that comes too late for the head is ended by the server, and can be run again as a whole', async () => {
    session.startTransaction({ writeConcern: { w: 'majority' } });
    await note('first try');
    expect((await store.append('main', blankJournal.head, changes))._unsafeUnwrap()).toBe('appended');
    const rounds = store.within(session, 'main');
    const late = (await rounds.load('main', nothing))._unsafeUnwrapErr();
    expect(late).toMatchObject({ code: 'book_busy', retryable: true, effect: 'none' });
    expect(late.message).toContain('run the whole of it again');
    await session.abortTransaction();
    expect(await notes()).toBe(0);
    session.startTransaction({ writeConcern: { w: 'majority' } });
    await note('second try');
    const again = store.within(session, 'main');
    const seen = (await again.load('main', nothing))._unsafeUnwrap();
    expect(seen.head).toEqual(journal.head);
    const more = draftBatch(journal, [{ key: 'host 2' }]);
    expect((await again.append('main', seen.head, more.changes))._unsafeUnwrap()).toBe('appended');
    await session.commitTransaction();
    expect(await notes()).toBe(1);
    expect(await verifyJournal(store, 'main')).toBeUndefined();
  });

  it('that has ended says so', async () => {
    session.startTransaction({ writeConcern: { w: 'majority' } });
    const rounds = store.within(session, 'main');
    (await rounds.load('main', nothing))._unsafeUnwrap();
    await session.abortTransaction();
    const fault = (await rounds.load('main', nothing))._unsafeUnwrapErr();
    expect(fault).toMatchObject({ code: 'store_refused', message: 'the session holds no open transaction' });
    session.startTransaction({ writeConcern: { w: 'majority' } });
    const next = (await rounds.append('main', blankJournal.head, changes))._unsafeUnwrapErr();
    expect(next).toMatchObject({ code: 'store_refused', effect: 'none' });
    expect(next.message).toContain('has ended, and the session holds another one');
    expect((await store.within(session, 'main').load('main', nothing)).isOk()).toBe(true);
  });

  it('keeps others waiting, but not for ever', async () => {
    session.startTransaction({ writeConcern: { w: 'majority' } });
    (await store.within(session, 'main').load('main', nothing))._unsafeUnwrap();
    const busy = { code: 'book_busy', retryable: true, effect: 'none' };
    expect((await store.append('main', blankJournal.head, changes))._unsafeUnwrapErr()).toMatchObject(busy);
    expect((await store.locked('main', async () => 'in'))._unsafeUnwrapErr()).toMatchObject(busy);
    expect((await store.readHead('main'))._unsafeUnwrap().number).toBe(0);
    await session.commitTransaction();
    expect((await store.locked('main', async () => 'in'))._unsafeUnwrap()).toBe('in');
    expect((await store.append('main', blankJournal.head, changes))._unsafeUnwrap()).toBe('appended');
  });

  it('stays usable after a key that is there, a key that comes twice and a head that has moved', async () => {
    (await store.append('main', blankJournal.head, changes))._unsafeUnwrap();
    session.startTransaction({ writeConcern: { w: 'majority' } });
    const rounds = store.within(session, 'main');
    const known = draftBatch(journal, drafts).changes;
    const twice = draftBatch(journal, [{ key: 'host 2' }, { key: 'host 2' }]).changes;
    for (const batch of [known, twice])
      expect((await rounds.append('main', journal.head, batch))._unsafeUnwrapErr()).toMatchObject({
        code: 'store_refused',
        retryable: false,
        effect: 'none',
      });
    expect((await rounds.append('main', blankJournal.head, changes))._unsafeUnwrap()).toBe('head_moved');
    await note('after');
    const more = draftBatch(journal, [{ key: 'host 2' }]);
    expect((await rounds.append('main', journal.head, more.changes))._unsafeUnwrap()).toBe('appended');
    await session.commitTransaction();
    expect(await notes()).toBe(1);
    expect((await store.readHead('main'))._unsafeUnwrap()).toEqual(more.journal.head);
  });
});
