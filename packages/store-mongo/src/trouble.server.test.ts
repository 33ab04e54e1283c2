import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store, StoreFault } from '@holdfast/kernel';
import { type Document, MongoClient } from 'mongodb';
import type { Result } from 'neverthrow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answerOf,
  faultOf,
  type NextBatch,
  nothing,
  openTroubledBook,
  settle,
  TROUBLED,
} from '../test/book-under-test.ts';
import { freshDatabase, openClient } from '../test/mongo-harness.ts';
import { openWireProxy, type WireProxy } from '../test/wire-proxy.ts';
import { createMongoStore, migrate } from './index.ts';

const answerTimeoutMs = 1_000;
/** What a machine that is busy with other tests may take on top. */
const slackMs = 3_000;

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
      serverSelectionTimeoutMS: 4_000,
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
      proxy.rule({ fate: (name) => (isCommit(name) ? { lateMs: 2 * answerTimeoutMs } : 'pass') });
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
      proxy.rule({ fate: (name) => (name === 'insert' && late++ === 0 ? { lateMs: 2 * answerTimeoutMs } : 'pass') });
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

  describe('a server that is not fit', () => {
    const unfit: readonly {
      readonly what: string;
      readonly hello: (answer: Document) => Document;
      readonly says: RegExp;
    }[] = [
      { what: 'stands alone', hello: standsAlone, says: /no member of a replica set.*a book needs a replica set/ },
      { what: 'is too old', hello: (answer) => ({ ...answer, maxWireVersion: 9 }), says: /older|wire version/ },
      {
        what: 'has no sessions',
        hello: ({ logicalSessionTimeoutMinutes, ...answer }) => answer,
        says: /sessions/,
      },
    ];
    it.each(unfit)('that $what is refused by every operation, and by migrate', async ({ hello, says }) => {
      const other = await openWireProxy(url, { hello });
      const direct = new URL(other.url);
      direct.searchParams.delete('replicaSet');
      direct.searchParams.set('directConnection', 'true');
      const unfitClient = await openClient(direct.href, { serverSelectionTimeoutMS: 1_000 }).catch((error) =>
        String(error),
      );
      try {
        if (typeof unfitClient === 'string') return expect(unfitClient).toMatch(says);
        const refusing = createMongoStore({ client: unfitClient, database, answerTimeoutMs }) as Store<never>;
        for (const answer of [await migrate(unfitClient, { database }), ...(await askedOfAll(refusing))]) {
          const fault = answer._unsafeUnwrapErr();
          expect(fault.message).toMatch(says);
          expect(faultOf(fault)).toBe('store_unavailable, never again, none');
        }
      } finally {
        if (typeof unfitClient !== 'string') await unfitClient.close();
        await other.close();
      }
    });

    it('that says only at the first transaction that it has none is refused, too', async () => {
      const message = 'Transaction numbers are only allowed on a replica set member or mongos';
      proxy.rule({
        fate: (_name, command) =>
          command.startTransaction
            ? { answer: { ok: 0, code: 20, codeName: 'IllegalOperation', errmsg: message } }
            : 'pass',
      });
      const refusing = createMongoStore({ client, database, answerTimeoutMs }) as Store<never>;
      for (const answer of await askedOfAll(refusing)) {
        expect(faultOf(answer._unsafeUnwrapErr())).toBe('store_unavailable, never again, none');
        expect(answer._unsafeUnwrapErr().message).toMatch(/a book needs a replica set/);
      }
    });
  });

  describe('a server that went away for ever', () => {
    const away: readonly { readonly how: string; readonly leave: () => Promise<void> | void }[] = [
      { how: 'nobody listens', leave: () => proxy.goAway() },
      { how: 'nothing is answered', leave: () => proxy.rule({ fate: () => 'swallow the answer' }) },
    ];
    it.each(away)('is a fault of each operation by its deadline: $how', async ({ leave }) => {
      await leave();
      for (const ask of operations(store, book, batch)) {
        const since = performance.now();
        const fault = (await ask())._unsafeUnwrapErr();
        expect(faultOf(fault)).toMatch(/^store_(unavailable|timeout), again, none$/);
        // One wait for the answer, and one for the session to end.
        expect(performance.now() - since).toBeLessThan(2 * answerTimeoutMs + slackMs);
      }
    });

    it('works once the server is there, though its first call found none', async () => {
      await proxy.goAway();
      const late = new MongoClient(proxy.url, { serverSelectionTimeoutMS: 100 });
      const early = createMongoStore({ client: late, database, answerTimeoutMs }) as Store<never>;
      expect(faultOf((await early.load(book, nothing))._unsafeUnwrapErr())).toBe('store_unavailable, again, none');
      await proxy.comeBack();
      await untilOk(() => early.load(book, nothing));
      expect((await early.load(book, nothing))._unsafeUnwrap().head).toEqual(batch.before);
      await late.close();
    });

    it.each(away)('ends the streams that a verifier reads, with the fault: $how', async ({ leave }) => {
      await leave();
      await expect(async () => {
        for await (const _ of store.projectUnits(book)) expect.unreachable();
      }).rejects.toMatchObject({
        fault: { code: expect.stringMatching(/^store_(unavailable|timeout)$/), effect: 'none' },
      });
    });
  });

  /** Asks everything that a store can be asked. */
  const askedOfAll = async (of: Store<never>): Promise<readonly Result<unknown, StoreFault>[]> => {
    const answers: Result<unknown, StoreFault>[] = [];
    for (const ask of operations(of, book, batch)) answers.push(await ask());
    return answers;
  };
});

function operations(
  store: Store<never>,
  book: string,
  { before, changes }: NextBatch,
): readonly (() => Promise<Result<unknown, StoreFault>>)[] {
  return [
    () => store.load(book, { ...nothing, keys: [TROUBLED] }),
    () => store.append(book, before, changes),
    () => store.locked(book, async () => 1),
    () => store.readHead(book),
    () => store.readUnits(book, { after: 0, limit: 1 }),
    () => store.readAccounts(book, { limit: 1 }),
    () => store.leaseTasks({ dueAt: '2030-01-01T00:00:00.000Z', limit: 1, leaseMs: 1 }),
  ];
}

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

function standsAlone({
  setName,
  setVersion,
  hosts,
  primary,
  me,
  secondary,
  electionId,
  ...answer
}: Document): Document {
  return answer;
}

async function untilOk(ask: () => Promise<Result<unknown, unknown>>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await ask()).isOk()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it never worked again');
}
