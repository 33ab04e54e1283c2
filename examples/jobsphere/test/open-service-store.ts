import { PGlite } from '@electric-sql/pglite';
import { type Instant, openBook } from '@holdfast/kernel';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import pg from 'pg';
import { chart } from '../src/book/chart.ts';
import { HOST_SCHEMA } from '../src/host/schema.ts';
import { pgliteDatabase, poolDatabase } from '../src/host/sql-database.ts';
import { sqlHost } from '../src/host/sql-host.ts';
import type { ServiceOptions } from './start-service.ts';

/** Opens book and host on PGlite in memory: one for the file, since it takes long to start, and a book and tables of its own each time. */
export const onPglite: NonNullable<ServiceOptions['open']> = async (clock) => {
  shared ??= PGlite.create();
  const pglite = await shared;
  (await migrate(pglite))._unsafeUnwrap();
  await pglite.query('drop schema if exists jobsphere cascade');
  for (const statement of HOST_SCHEMA) await pglite.query(statement);
  const name = `jobsphere-${++databases}`;
  const book = openBook({ store: createPostgresStore({ client: pglite }), name, chart, clock });
  return { book, host: sqlHost(pgliteDatabase(pglite), book), end: async () => {} };
};

/** Closes the PGlite that the tests of a file shared. */
export async function closePglite(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

/** Opens book and host in a database of their own on a server. */
export function onPostgres(url: string): NonNullable<ServiceOptions['open']> {
  return async (clock: () => Instant) => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const name = `jobsphere_test_${process.pid}_${++databases}`;
    await admin.query(`create database ${name}`);
    const pool = new pg.Pool({ connectionString: Object.assign(new URL(url), { pathname: `/${name}` }).href, max: 20 });
    pool.on('error', () => {});
    (await migrate(pool))._unsafeUnwrap();
    for (const statement of HOST_SCHEMA) await pool.query(statement);
    const book = openBook({ store: createPostgresStore({ client: pool }), name: 'jobsphere', chart, clock });
    const end = async (): Promise<void> => {
      await pool.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    };
    return { book, host: sqlHost(poolDatabase(pool), book), end };
  };
}

let shared: Promise<PGlite> | undefined;
let databases = 0;
