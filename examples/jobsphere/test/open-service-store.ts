import { PGlite } from '@electric-sql/pglite';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import { openOnMongo, openOnPglite, openOnPostgres } from '../src/open-service.ts';
import type { ServiceOptions } from './start-service.ts';

/** Opens book and host on PGlite in memory: one for the file, since it takes long to start, and a book and tables of its own each time. */
export const onPglite: NonNullable<ServiceOptions['open']> = async (clock) => {
  shared ??= PGlite.create();
  const pglite = await shared;
  await pglite.query('drop schema if exists jobsphere cascade');
  const { book, host } = await openOnPglite(pglite, { name: `jobsphere-${++databases}`, clock });
  return { book, host, end: async () => {} };
};

/** Closes the PGlite that the tests of a file shared. */
export async function closePglite(): Promise<void> {
  await (await shared)?.close();
  shared = undefined;
}

/** Opens book and host in a database of their own on a server. */
export function onPostgres(url: string): NonNullable<ServiceOptions['open']> {
  return async (clock) => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const name = `jobsphere_test_${process.pid}_${++databases}`;
    await admin.query(`create database ${name}`);
    const pool = new pg.Pool({ connectionString: Object.assign(new URL(url), { pathname: `/${name}` }).href, max: 20 });
    pool.on('error', () => {});
    const { book, host } = await openOnPostgres(pool, { clock });
    const end = async (): Promise<void> => {
      await pool.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    };
    return { book, host, end };
  };
}

/** Opens book and host in a database of their own on a replica set. */
export function onMongo(url: string): NonNullable<ServiceOptions['open']> {
  return async (clock) => {
    const client = await MongoClient.connect(url);
    const database = `jobsphere_test_${process.pid}_${++databases}`;
    const { book, host } = await openOnMongo(client, { database, clock });
    const end = async (): Promise<void> => {
      await client.db(database).dropDatabase();
      await client.close();
    };
    return { book, host, end };
  };
}

let shared: Promise<PGlite> | undefined;
let databases = 0;
