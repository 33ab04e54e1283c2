import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store } from '@holdfast/kernel';
import type { Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, faultOf, type NextBatch, nothing, openTroubledBook, settle } from '../test/book-under-test.ts';
import { freshDatabase, openClient } from '../test/mongo-harness.ts';
import { createMongoStore, migrate } from './index.ts';

/** The server fails commands of this client alone. */
const appName = 'holdfast-faults';
const transient = ['TransientTransactionError'];
const always = 'alwaysOn';
const once = { times: 1 };

/** What the server does to an append, what the store has to answer, and whether the batch is there then. */
const appends: readonly {
  readonly what: string;
  readonly mode: Document | string;
  readonly data: Document;
  readonly answer: string;
  readonly there?: true;
}[] = [
  // Somebody else writes the book.
  row('a write conflict at the head', once, ['update'], { errorCode: 112, errorLabels: transient }, 'appended'),
  row('a write conflict at the units', once, ['insert'], { errorCode: 112, errorLabels: transient }, 'appended'),
  row(
    'a write conflict at the commit',
    once,
    ['commitTransaction'],
    { errorCode: 112, errorLabels: transient },
    'appended',
  ),
  row(
    'write conflicts without end',
    always,
    ['update'],
    { errorCode: 112, errorLabels: transient },
    'book_busy, again, none',
  ),
  row('a lock that is not to be had', once, ['update'], { errorCode: 24, errorLabels: transient }, 'appended'),
  row(
    'locks that are never to be had',
    always,
    ['insert'],
    { errorCode: 24, errorLabels: transient },
    'book_busy, again, none',
  ),
  // The transaction is gone before its commit.
  row(
    'a transaction that the server lost',
    once,
    ['insert'],
    { errorCode: 251, errorLabels: transient },
    'store_unavailable, again, none',
  ),
  row(
    'a snapshot that is too old',
    once,
    ['update'],
    { errorCode: 239, errorLabels: transient },
    'store_unavailable, again, none',
  ),
  row(
    'a snapshot that is not to be had',
    once,
    ['update'],
    { errorCode: 246, errorLabels: transient },
    'store_unavailable, again, none',
  ),
  row(
    'a passing error that nobody has heard of',
    once,
    ['insert'],
    { errorCode: 9999, errorLabels: transient },
    'store_unavailable, again, none',
  ),
  // The server is no primary any more.
  ...[10107, 189, 13435, 91, 11600, 11602, 6].map((errorCode) =>
    row(
      `a primary that says ${errorCode} at the head`,
      once,
      ['update'],
      { errorCode, errorLabels: transient },
      'store_unavailable, again, none',
    ),
  ),
  row('a connection closed at the head', once, ['update'], { closeConnection: true }, 'store_unavailable, again, none'),
  row(
    'a connection closed at the units',
    once,
    ['insert'],
    { closeConnection: true },
    'store_unavailable, again, none',
  ),
  // Too late.
  row('a limit of time at the units', once, ['insert'], { errorCode: 50 }, 'store_timeout, again, none'),
  // A "no" for good.
  row('a right that is not there', once, ['insert'], { errorCode: 13 }, 'store_refused, never again, none'),
  row('a rule of the collection', once, ['insert'], { errorCode: 121 }, 'store_refused, never again, none'),
  // The commit is in doubt: the store asks again, and says so where it hears no answer.
  row('a commit on a connection that is closed', once, ['commitTransaction'], { closeConnection: true }, 'appended'),
  row(
    'commits on connections that are closed',
    always,
    ['commitTransaction'],
    { closeConnection: true },
    'store_unavailable, again, unknown',
  ),
  row('a commit at a primary that steps down', once, ['commitTransaction'], { errorCode: 189 }, 'appended'),
  row('a commit at one that is no primary', once, ['commitTransaction'], { errorCode: 10107 }, 'appended'),
  row(
    'commits at primaries that step down',
    always,
    ['commitTransaction'],
    { errorCode: 189 },
    'store_unavailable, again, unknown',
  ),
  row('a commit that is too late', once, ['commitTransaction'], { errorCode: 50 }, 'appended'),
  row('commits that are too late', always, ['commitTransaction'], { errorCode: 50 }, 'store_timeout, again, unknown'),
  row(
    'a commit that says itself that it is in doubt',
    once,
    ['commitTransaction'],
    { errorCode: 9999, errorLabels: ['UnknownTransactionCommitResult'] },
    'appended',
  ),
  row(
    'commits that say so without end',
    always,
    ['commitTransaction'],
    { errorCode: 9999, errorLabels: ['UnknownTransactionCommitResult'] },
    'store_refused, again, unknown',
  ),
  row(
    'a commit of a transaction that the server does not know',
    once,
    ['commitTransaction'],
    { errorCode: 251, errorLabels: transient },
    'store_unavailable, again, unknown',
  ),
  {
    ...row('a commit that no majority has seen yet', once, ['commitTransaction'], noMajority(), 'appended'),
    there: true,
  },
  {
    ...row(
      'commits that no majority ever sees',
      always,
      ['commitTransaction'],
      noMajority(),
      'store_timeout, again, unknown',
    ),
    there: true,
  },
];

/** What the server does to a load, and what the store has to answer. */
const loads: readonly { readonly what: string; readonly data: Document; readonly answer: string }[] = [
  load('a connection closed at the head', ['aggregate'], { closeConnection: true }, 'store_unavailable, again, none'),
  load('a connection closed at the keys', ['find'], { closeConnection: true }, 'store_unavailable, again, none'),
  load('a limit of time', ['find'], { errorCode: 50 }, 'store_timeout, again, none'),
  load(
    'a snapshot that is too old',
    ['find'],
    { errorCode: 239, errorLabels: transient },
    'store_unavailable, again, none',
  ),
  load(
    'a server that is no primary',
    ['find'],
    { errorCode: 10107, errorLabels: transient },
    'store_unavailable, again, none',
  ),
  load('a right that is not there', ['find'], { errorCode: 13 }, 'store_refused, never again, none'),
  load(
    'a commit of nothing that is in doubt',
    ['commitTransaction'],
    { errorCode: 189 },
    'store_unavailable, again, none',
  ),
];

describeOnMongo('faults of the server', (url) => {
  let admin: MongoClient;
  let client: MongoClient;
  let store: Store<never>;
  /** One that does not wait long for a book that others write. */
  let hasty: Store<never>;
  let calm: Store<never>;
  let batch: NextBatch;
  let whyNot: string | undefined;
  let book = 0;
  const name = (): string => `b${book}`;
  const database = freshDatabase();

  beforeAll(async () => {
    admin = await openClient(url);
    // A failure that is only planted changes nothing that the server would tell by itself, so the driver has to look often.
    client = await openClient(url, { appName, heartbeatFrequencyMS: 500, serverMonitoringMode: 'poll' });
    (await migrate(admin, { database }))._unsafeUnwrap();
    whyNot = await whyNoFailPoints(admin);
    const answerTimeoutMs = 20_000;
    store = createMongoStore({ client, database, lockTimeoutMs: 20_000, answerTimeoutMs }) as Store<never>;
    hasty = createMongoStore({ client, database, lockTimeoutMs: 500, answerTimeoutMs }) as Store<never>;
    calm = createMongoStore({ client: admin, database }) as Store<never>;
  });
  afterAll(async () => {
    await admin.db(database).dropDatabase();
    await client.close();
    await admin.close();
  });
  beforeEach(async ({ skip }) => {
    if (whyNot !== undefined) skip(whyNot);
    book += 1;
    batch = await openTroubledBook(store, name());
    // Has it look for its collections before anything fails.
    (await hasty.readHead(name()))._unsafeUnwrap();
  });

  /** Runs work while the server fails as it is told. */
  const whileFailing = async <T>(mode: Document | string, data: Document, work: () => Promise<T>): Promise<T> => {
    const point = { configureFailPoint: 'failCommand' };
    await admin.db('admin').command({ ...point, mode, data: { ...data, appName } });
    try {
      return await work();
    } finally {
      await admin.db('admin').command({ ...point, mode: 'off' });
    }
  };

  describe('an append meets', () => {
    it.each(appends)('$what: $answer', async ({ mode, data, answer, there }) => {
      const by = mode === always ? hasty : store;
      const answered = await whileFailing(mode, data, () => by.append(name(), batch.before, batch.changes));
      expect(answerOf(answered)).toBe(answer);
      expect(await settle(calm, name(), batch)).toBe(there ?? answer === 'appended');
    });
  });

  describe('a load meets', () => {
    it.each(loads)('$what: $answer', async ({ data, answer }) => {
      const load = () => store.load(name(), { ...nothing, keys: ['host first'] });
      const loaded = await whileFailing(always, data, load);
      expect(faultOf(loaded._unsafeUnwrapErr())).toBe(answer);
      expect((await load())._unsafeUnwrap().head).toEqual(batch.before);
    });
  });

  it('answers that the head has moved, though the transaction cannot be aborted', async () => {
    (await calm.append(name(), batch.before, batch.changes))._unsafeUnwrap();
    const data = { failCommands: ['abortTransaction'], closeConnection: true };
    const answered = await whileFailing(always, data, () => store.append(name(), batch.before, batch.changes));
    expect(answerOf(answered)).toBe('head_moved');
    expect(await settle(calm, name(), batch)).toBe(true);
  });
});

function row(
  what: string,
  mode: Document | string,
  failCommands: readonly string[],
  how: Document,
  answer: string,
): (typeof appends)[number] {
  return { what, mode, data: { failCommands, ...how }, answer };
}

function load(what: string, failCommands: readonly string[], how: Document, answer: string): (typeof loads)[number] {
  return { what, data: { failCommands, ...how }, answer };
}

/** Says why the server cannot be made to fail: one that is not for tests does not know the command. */
async function whyNoFailPoints(admin: MongoClient): Promise<string | undefined> {
  return admin
    .db('admin')
    .command({ configureFailPoint: 'failCommand', mode: 'off' })
    .then(
      () => undefined,
      (error) => `the server of HOLDFAST_MONGO_URL has no configureFailPoint: ${error}`,
    );
}

/** The server does it, and says that no majority has confirmed it. */
function noMajority(): Document {
  return {
    writeConcernError: { code: 64, codeName: 'WriteConcernFailed', errmsg: 'waiting for replication timed out' },
  };
}
