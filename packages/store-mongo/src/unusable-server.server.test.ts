import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import type { Store, StoreFault } from '@holdfast/kernel';
import { type Document, MongoClient } from 'mongodb';
import type { Result } from 'neverthrow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultOf, type NextBatch, nothing, openTroubledBook, TROUBLED } from '../test/book-under-test.ts';
import { freshDatabase, openClient } from '../test/mongo-harness.ts';
import { openWireProxy, type WireProxy } from '../test/wire-proxy.ts';
import { createMongoStore, migrate } from './index.ts';

const answerTimeoutMs = 20_000;
/** For a server that gives no answer anyway. */
const hastyMs = 300;

describeOnMongo('a server that cannot be used', (url) => {
  const database = freshDatabase();
  let admin: MongoClient;
  let proxy: WireProxy;
  let client: MongoClient;
  let store: Store<never>;
  let batch: NextBatch;
  let books = 0;
  let book: string;

  beforeAll(async () => {
    admin = await openClient(url);
    (await migrate(admin, { database }))._unsafeUnwrap();
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
      // So that nothing but the store's own limits ends a call.
      serverSelectionTimeoutMS: 3_600_000,
    });
    store = createMongoStore({ client, database, answerTimeoutMs, lockTimeoutMs: 500 }) as Store<never>;
    batch = await openTroubledBook(store, book);
  });
  afterEach(async () => {
    // A client ends its sessions on a server, which it would wait for.
    proxy.rule({});
    await proxy.comeBack();
    await client.close();
    await proxy.close();
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
      const unfitClient = await openClient(direct.href, { serverSelectionTimeoutMS: 10_000 }).catch((error) =>
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
    /** A store that has found its collections already and waits for no answer for long. */
    const openHasty = async (): Promise<Store<never>> => {
      const hasty = createMongoStore({
        client,
        database,
        answerTimeoutMs: hastyMs,
        lockTimeoutMs: 100,
      }) as Store<never>;
      await untilOk(() => hasty.readHead(book));
      return hasty;
    };
    it.each(away)('is a fault of each operation by its deadline: $how', async ({ leave }) => {
      const hasty = await openHasty();
      await leave();
      // Without a deadline of the store the first of them would never end.
      for (const ask of operations(hasty, book, batch)) {
        const fault = (await ask())._unsafeUnwrapErr();
        expect(faultOf(fault)).toMatch(/^store_(unavailable|timeout), again, none$/);
      }
    });

    it('works once the server is there, though its first call found none', async () => {
      await proxy.goAway();
      const late = new MongoClient(proxy.url, { serverSelectionTimeoutMS: 1_000 });
      const early = createMongoStore({ client: late, database, answerTimeoutMs }) as Store<never>;
      expect(faultOf((await early.load(book, nothing))._unsafeUnwrapErr())).toBe('store_unavailable, again, none');
      await proxy.comeBack();
      expect((await untilOk(() => early.load(book, nothing))).head).toEqual(batch.before);
      await late.close();
    });

    it.each(away)('ends the streams that a verifier reads, with the fault: $how', async ({ leave }) => {
      const hasty = await openHasty();
      await leave();
      await expect(async () => {
        for await (const _ of hasty.projectUnits(book)) expect.unreachable();
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

async function untilOk<T>(ask: () => Promise<Result<T, unknown>>): Promise<T> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await ask();
    if (answer.isOk()) return answer.value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it never worked again');
}
