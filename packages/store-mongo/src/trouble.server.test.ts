import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store } from '@holdfast/kernel';
import type { Document, MongoClient } from 'mongodb';
import type { Result } from 'neverthrow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, faultOf, type NextBatch, nothing, openTroubledBook, settle } from '../test/book-under-test.ts';
import { freshDatabase, openClient } from '../test/mongo-harness.ts';
import { openWireProxy, type WireProxy } from '../test/wire-proxy.ts';
import { createMongoStore, migrate } from './index.ts';

// An answer that nobody holds back comes within it on a busy machine, too.
const answerTimeoutMs = 3_000;
const tooLate = { lateMs: answerTimeoutMs + 1_000 };

describeOnMongo('a server in trouble', (url) => {
  const database = freshDatabase();
  let admin: MongoClient;
  let calm: Store<never>;
  let proxy: WireProxy;
  let client: MongoClient;
  let store: Store<never>;
  let batch: NextBatch;
  let books = 0;
  let book: string;

  beforeAll(async () => {
    admin = await openClient(url);
    (await migrate(admin, { database }))._unsafeUnwrap();
    calm = createMongoStore({ client: admin, database }) as Store<never>;
  });
  afterAll(async () => {
    await admin.db(database).dropDatabase();
    await admin.close();
  });
  beforeEach(async () => {
    books += 1;
    book = `b${books}`;
    proxy = await openWireProxy(url);
    client = await openClient(proxy.url, {
      heartbeatFrequencyMS: 500,
      serverMonitoringMode: 'poll',
      serverSelectionTimeoutMS: 30_000,
    });
    store = createMongoStore({ client, database, answerTimeoutMs, lockTimeoutMs: 500 }) as Store<never>;
    batch = await openTroubledBook(store, book);
  });
  afterEach(async () => {
    await client.close();
    await proxy.close();
  });

  const append = async (): Promise<string> => answerOf(await store.append(book, batch.before, batch.changes));
  const isCommit = (name: string): boolean => name === 'commitTransaction';

  describe('an append', () => {
    it('is done once, though the answer to its commit is lost', async () => {
      let losses = 0;
      proxy.rule({ fate: (name) => (isCommit(name) && losses++ === 0 ? 'lose the answer' : 'pass') });
      expect(await append()).toBe('appended');
      expect(losses).toBe(2);
      expect(await settle(calm, book, batch)).toBe(true);
    });

    it('says that nobody knows when every answer to its commit is lost, and the key then tells that it was done', async () => {
      proxy.rule({ fate: (name) => (isCommit(name) ? 'lose the answer' : 'pass') });
      expect(await append()).toBe('store_unavailable, again, unknown');
      expect(await settle(calm, book, batch)).toBe(true);
    });

    it('is done once, though its commit has to be sent again', async () => {
      let cuts = 0;
      proxy.rule({ fate: (name) => (isCommit(name) && cuts++ === 0 ? 'cut' : 'pass') });
      expect(await append()).toBe('appended');
      expect(await settle(calm, book, batch)).toBe(true);
    });

    it('says that nobody knows when no commit arrives, and the key then tells that it was not done', async () => {
      proxy.rule({ fate: (name) => (isCommit(name) ? 'cut' : 'pass') });
      expect(await append()).toBe('store_unavailable, again, unknown');
      expect(await settle(calm, book, batch)).toBe(false);
    });

    it('says that nobody knows when its commit is answered too late, and the key then tells that it was done', async () => {
      proxy.rule({ fate: (name) => (isCommit(name) ? tooLate : 'pass') });
      expect(await append()).toBe('store_timeout, again, unknown');
      expect(await settle(calm, book, batch)).toBe(true);
    });

    it('says that nobody knows when its commit is never answered, and goes on working on other connections', async () => {
      let swallowed = 0;
      proxy.rule({ fate: (name) => (isCommit(name) && swallowed++ === 0 ? 'swallow the answer' : 'pass') });
      expect(await append()).toBe('store_timeout, again, unknown');
      expect(await settle(store, book, batch)).toBe(true);
    });

    it.each(['update', 'insert'])(
      'says that nothing was done when its connection is cut at its %s',
      async (command) => {
        proxy.rule({ fate: (name) => (name === command ? 'lose the answer' : 'pass') });
        expect(await append()).toBe('store_unavailable, again, none');
        proxy.rule({});
        expect(await settle(store, book, batch)).toBe(false);
      },
    );

    it('leaves the book free when its connection is cut in the middle and nothing more arrives for a while', async () => {
      let away = false;
      proxy.rule({
        fate(name) {
          away ||= name === 'insert';
          return away ? 'cut' : 'pass';
        },
      });
      expect(await append()).toBe('store_unavailable, again, none');
      proxy.rule({});
      expect(await settle(store, book, batch)).toBe(false);
    });

    it('says that nothing was done when its units are answered too late', async () => {
      let late = 0;
      proxy.rule({ fate: (name) => (name === 'insert' && late++ === 0 ? tooLate : 'pass') });
      expect(await append()).toBe('store_timeout, again, none');
      expect(await settle(calm, book, batch)).toBe(false);
    });
  });

  describe('a server that is no primary any more', () => {
    it('is a fault of the time being, and the book goes on once there is a primary again', async () => {
      proxy.rule({ fate: (name) => stepDown(name), hello: asSecondary });
      expect(await append()).toBe('store_unavailable, again, none');
      expect(faultOf((await store.load(book, nothing))._unsafeUnwrapErr())).toMatch(
        /^store_(unavailable|timeout), again, none$/,
      );
      proxy.rule({});
      await untilOk(() => store.load(book, nothing));
      expect(await settle(store, book, batch)).toBe(false);
    });

    it('steps down at the commit: nobody knows, and the key then tells', async () => {
      let down = false;
      proxy.rule({
        fate(name) {
          down ||= isCommit(name);
          return down ? stepDown(name) : 'pass';
        },
        hello: (answer) => (down ? asSecondary(answer) : answer),
      });
      expect(await append()).toMatch(/^store_(unavailable|timeout), again, unknown$/);
      proxy.rule({});
      await untilOk(() => store.load(book, nothing));
      // A commit that the driver still had under way may have come through, before or after the key was looked for.
      expect(await settle(store, book, batch)).toBeTypeOf('boolean');
    });
  });
});

function stepDown(name: string): 'pass' | { readonly answer: Document } {
  if (['endSessions', 'killSessions'].includes(name)) return 'pass';
  return { answer: { ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary', ...retryable(name) } };
}

/** The labels that a server of a replica set gives with the error. */
function retryable(name: string): Document {
  return { errorLabels: name === 'commitTransaction' ? ['RetryableWriteError'] : ['TransientTransactionError'] };
}

function asSecondary({ primary, ...answer }: Document): Document {
  return { ...answer, isWritablePrimary: false, ismaster: false, secondary: true };
}

async function untilOk(ask: () => Promise<Result<unknown, unknown>>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if ((await ask()).isOk()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it never worked again');
}
