import type { Store } from '@holdfast/kernel';
import type { HostTransaction, OpenedStore, StoreHarness } from '@holdfast/testkit';
import pg from 'pg';
import { createPostgresStore, migrate } from '../src/index.ts';

let schemas = 0;

/** A name that no other test has, of this process or another. */
export function freshSchema(): string {
  schemas += 1;
  return `t${process.pid.toString(36)}_${schemas.toString(36)}_${Date.now().toString(36)}`;
}

/** Opens a pool that does not throw when the server goes away. */
export function openPool(url: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 8, ...options });
  pool.setMaxListeners(100);
  pool.on('error', () => {});
  return pool;
}

/** Opens a store on a schema of its own, and gives the pool that it works on. */
async function openPostgres(url: string): Promise<OpenedStore & { readonly schema: string; readonly pool: pg.Pool }> {
  const schema = freshSchema();
  const pools: pg.Pool[] = [];
  const open = (): Store<unknown> => {
    const pool = openPool(url, { application_name: `${schema}_${pools.length}` });
    pools.push(pool);
    return createPostgresStore({ client: pool, schema, lockTimeoutMs: 10_000 }) as Store<unknown>;
  };
  const admin = openPool(url, { max: 2 });
  const made = await migrate(admin, { schema });
  if (made.isErr()) throw new Error(made.error.message);
  await admin.query(`create table ${schema}.note (note text)`);
  const store = open();
  const [pool] = pools as [pg.Pool];
  return {
    schema,
    pool,
    store,
    another: async () => open(),
    cut: async () => {
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
        `${schema}_0`,
      ]);
    },
    host: {
      begin: () => beginHost(pool, schema),
      notes: async () =>
        (await admin.query(`select note from ${schema}.note`)).rows.map((row: { note: string }) => row.note),
    },
    close: async () => {
      await store.close();
      await Promise.all(pools.map((one) => one.end()));
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    },
  };
}

/** The kind of store that is made on a Postgres server. */
export function postgresHarness(url: string, runs: number): StoreHarness {
  return { name: 'Postgres', runs, open: () => openPostgres(url) };
}

async function beginHost(pool: pg.Pool, schema: string): Promise<HostTransaction> {
  const client = await pool.connect();
  await client.query('begin');
  const end = async (text: string): Promise<void> => {
    try {
      await client.query(text);
    } finally {
      client.release();
    }
  };
  return {
    client,
    note: async (text) => {
      await client.query(`insert into ${schema}.note values ($1)`, [text]);
    },
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  };
}
