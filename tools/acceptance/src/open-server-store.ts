import type { Store } from '@holdfast/kernel';
import { createMongoStore, migrate as migrateMongo } from '@holdfast/store-mongo';
import { createPostgresStore, migrate as migratePostgres } from '@holdfast/store-postgres';
import { MongoClient } from 'mongodb';
import pg from 'pg';

/** A kind of database server. */
export type ServerKind = 'Postgres' | 'MongoDB';

/** Where a book is kept: a schema of a Postgres, or a database of a MongoDB. */
export interface ServerPlace {
  readonly kind: ServerKind;
  readonly url: string;
  readonly place: string;
}

/** A store on a server, with connections of its own. */
export interface ServerStore {
  readonly store: Store<never>;
  /** Makes what the store needs there. */
  prepare(): Promise<void>;
  /** Removes all of it. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

// A machine that is busy with others makes nobody give up.
const lockTimeoutMs = 120_000;
const answerTimeoutMs = 120_000;

/** Opens a store on a server. */
export async function openServerStore({ kind, url, place }: ServerPlace): Promise<ServerStore> {
  return kind === 'Postgres' ? onPostgres(url, place) : onMongo(url, place);
}

function onPostgres(url: string, schema: string): ServerStore {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const store = createPostgresStore({
    client: pool,
    schema,
    lockTimeoutMs,
    statementTimeoutMs: answerTimeoutMs,
  }) as Store<never>;
  return {
    store,
    prepare: async () => void (await migratePostgres(pool, { schema }))._unsafeUnwrap(),
    drop: async () => void (await pool.query(`drop schema if exists ${schema} cascade`)),
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}

async function onMongo(url: string, database: string): Promise<ServerStore> {
  const client = await new MongoClient(url, { maxPoolSize: 10 }).connect();
  const store = createMongoStore({ client, database, lockTimeoutMs, answerTimeoutMs }) as Store<never>;
  return {
    store,
    prepare: async () => void (await migrateMongo(client, { database }))._unsafeUnwrap(),
    drop: async () => void (await client.db(database).dropDatabase()),
    close: async () => {
      await store.close();
      await client.close();
    },
  };
}
