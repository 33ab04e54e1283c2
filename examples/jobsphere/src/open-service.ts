import type { PGlite } from '@electric-sql/pglite';
import { type Book, type Instant, instantAt, openBook, type StoreFault } from '@holdfast/kernel';
import { createMongoStore, migrate as migrateMongo } from '@holdfast/store-mongo';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import type { MongoClient } from 'mongodb';
import type { Result } from 'neverthrow';
import type { Pool } from 'pg';
import { chart } from './book/chart.ts';
import type { Host } from './host/host.ts';
import { mongoHost } from './host/mongo-host.ts';
import { prepareMongoTables } from './host/mongo-tables.ts';
import { HOST_SCHEMA } from './host/schema.ts';
import { pgliteDatabase, poolDatabase } from './host/sql-database.ts';
import { sqlHost } from './host/sql-host.ts';
import { defaultRules, type JobsphereRules, type Service } from './service/service.ts';

/** How a service is opened. */
export interface OpenOptions {
  /** Names the book. `jobsphere` where it is absent. */
  readonly name?: string;
  /** The process's clock where it is absent. */
  readonly clock?: () => Instant;
  readonly rules?: JobsphereRules;
}

/** Opens the service on a pool of `pg`, whose database then holds the book (schema `holdfast`) and the host's tables (schema `jobsphere`). */
export async function openOnPostgres(pool: Pool, options: OpenOptions = {}): Promise<Service> {
  await prepare(pool, (text) => pool.query(text));
  const book = openBook({ store: createPostgresStore({ client: pool }), ...usual(options) });
  return serviceOf(book, sqlHost(poolDatabase(pool), book), options);
}

/** Opens the service on a PGlite: one session, so one transaction at a time. For trying it out. */
export async function openOnPglite(pglite: PGlite, options: OpenOptions = {}): Promise<Service> {
  await prepare(pglite, (text) => pglite.query(text));
  const book = openBook({ store: createPostgresStore({ client: pglite }), ...usual(options) });
  return serviceOf(book, sqlHost(pgliteDatabase(pglite), book), options);
}

/** Opens the service on a MongoDB client, whose database then holds the book (collections `holdfast.*`) and the host's own (`jobsphere.*`). */
export async function openOnMongo(
  client: MongoClient,
  { database = client.db().databaseName, ...options }: OpenOptions & { readonly database?: string } = {},
): Promise<Service> {
  orThrow(await migrateMongo(client, { database }));
  await prepareMongoTables(client.db(database));
  const book = openBook({ store: createMongoStore({ client, database }), ...usual(options) });
  return serviceOf(book, mongoHost(client.db(database), book), options);
}

async function prepare(
  client: Parameters<typeof migrate>[0],
  query: (text: string) => Promise<unknown>,
): Promise<void> {
  orThrow(await migrate(client));
  for (const statement of HOST_SCHEMA) await query(statement);
}

function orThrow(migrated: Result<unknown, StoreFault>): void {
  if (migrated.isErr())
    throw new Error(`the schema could not be made: ${migrated.error.code}, ${migrated.error.message}`);
}

function usual({ name = 'jobsphere', clock = processClock }: OpenOptions) {
  return { name, clock, chart };
}

// biome-ignore lint/suspicious/noExplicitAny: the service never touches the client of its store
function serviceOf(book: Book<any>, host: Host, { clock = processClock, rules = defaultRules }: OpenOptions): Service {
  return { book, host, rules, clock };
}

function processClock(): Instant {
  return instantAt(Date.now());
}
