import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createMemoryStore, type Limits, type Store } from '@holdfast/kernel';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import type { Result } from 'neverthrow';
import { DemoFailed } from './demo-failed.ts';

/** Where a demo keeps its book. */
export type StoreName = 'memory' | 'pglite' | 'postgres' | 'mongo';

/** A store, and how the demo lets go of it. */
export interface DemoStore {
  // biome-ignore lint/suspicious/noExplicitAny: the demo never joins a transaction, so no client matters
  readonly store: Store<any>;
  /** Where the book lies, for a person. */
  readonly place: string;
  /** Rounds and waits that suit the store, where the usual ones do not. */
  readonly limits?: Partial<Pick<Limits, 'maxBatch' | 'deadlineMs'>>;
  /** Has the database count its rows, where it does not by itself: it reads a long list ten times faster then. */
  readonly count?: () => Promise<void>;
  close(): Promise<void>;
}

/** Where a store may be. */
export interface StorePlace {
  readonly store: StoreName;
  readonly folder: string;
  /** A server that was given; the demo starts one of its own where it is absent. */
  readonly url: string | undefined;
}

/** Opens the store that was asked for. Drivers are loaded only where they are used: PGlite alone takes a second. */
export function openDemoStore({ store, folder, url }: StorePlace): Promise<DemoStore> {
  switch (store) {
    case 'memory':
      return openMemory();
    case 'pglite':
      return openPglite(path.join(folder, 'pglite'));
    case 'postgres':
      return url === undefined
        ? openOwnServer(path.join(folder, 'postgres'))
        : openServer(url, 'Postgres at HOLDFAST_PG_URL');
    case 'mongo':
      return url === undefined
        ? openOwnMongo(path.join(folder, 'mongo'))
        : openMongo(url, 'the replica set at HOLDFAST_MONGO_URL');
  }
}

/** Gives the server that a store was given in the environment, if any. */
export function givenServer(store: StoreName): string | undefined {
  return (store === 'mongo' ? process.env.HOLDFAST_MONGO_URL : process.env.HOLDFAST_PG_URL) || undefined;
}

async function openMemory(): Promise<DemoStore> {
  const store = createMemoryStore();
  return { store, place: 'memory, gone when the demo ends', close: () => store.close() };
}

async function openPglite(folder: string): Promise<DemoStore> {
  const { PGlite } = await import('@electric-sql/pglite');
  mkdirSync(folder, { recursive: true });
  const pglite = await PGlite.create(folder);
  await migrated(pglite);
  const store = createPostgresStore({ client: pglite });
  return {
    store,
    place: `PGlite in ${folder}`,
    // Each statement costs much where the database shares the process, so rounds are large.
    limits: { maxBatch: 2_000 },
    count: async () => {
      await pglite.exec('analyze');
    },
    close: async () => {
      await store.close();
      await pglite.close();
    },
  };
}

async function openOwnServer(folder: string): Promise<DemoStore> {
  const { startPostgres } = await import('@holdfast/embedded-server');
  const server = await startPostgres({ folder });
  const found = server.adopted ? 'found running in' : 'in';
  const opened = await openServer(server.url, `Postgres ${found} ${folder}`).catch(async (error) => {
    await server.stop();
    throw error;
  });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await server.stop();
    },
  };
}

async function openServer(url: string, place: string): Promise<DemoStore> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000 });
  // A connection that dies while nobody uses it is replaced by the next one that is asked for.
  pool.on('error', () => {});
  try {
    await migrated(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const store = createPostgresStore({ client: pool });
  return {
    store,
    place,
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}

async function openOwnMongo(folder: string): Promise<DemoStore> {
  const { startMongo, whyNoMongo } = await import('@holdfast/embedded-mongo');
  const missing = await whyNoMongo();
  if (missing !== undefined) throw new DemoFailed(missing);
  const server = await startMongo({ folder });
  const found = server.adopted ? 'found running in' : 'in';
  const opened = await openMongo(server.url, `SecantusDB ${found} ${folder}`).catch(async (error) => {
    await server.stop();
    throw error;
  });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await server.stop();
    },
  };
}

async function openMongo(url: string, place: string): Promise<DemoStore> {
  const { MongoClient } = await import('mongodb');
  const { createMongoStore, migrate: migrateMongo } = await import('@holdfast/store-mongo');
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    checked(await migrateMongo(client));
  } catch (error) {
    await client.close();
    throw error;
  }
  // A demo that was killed leaves its transaction open: for a minute the server gives its book to nobody else, and sweeps a little later.
  const store = createMongoStore({ client, answerTimeoutMs: 120_000, lockTimeoutMs: 120_000 });
  return {
    store,
    place,
    // A transaction has a minute to live on MongoDB, and a busy machine takes its time with each document.
    limits: { maxBatch: 100, deadlineMs: 300_000 },
    close: async () => {
      await store.close();
      await client.close();
    },
  };
}

async function migrated(client: Parameters<typeof migrate>[0]): Promise<void> {
  checked(await migrate(client));
}

function checked(steps: Result<unknown, { readonly code: string; readonly message: string }>): void {
  if (steps.isErr()) throw new DemoFailed(`the schema could not be made: ${steps.error.code}, ${steps.error.message}`);
}
