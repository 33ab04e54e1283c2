import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Result } from 'neverthrow';
import type { Pool } from 'pg';
import { migrations } from './migrations.ts';
import type { PortalTables } from './tables.ts';

/** The host's database. */
export type Database = Kysely<PortalTables>;

/** A transaction on it, which the book can join. */
export type Session = Transaction<PortalTables>;

/** Makes the host's database of a pool of `pg`; the pool stays its owner's. */
export function openDatabase(pool: Pool, onQuery?: (seconds: number) => void): Database {
  const log =
    onQuery && ((event: { readonly queryDurationMillis: number }) => onQuery(event.queryDurationMillis / 1000));
  const kysely = new Kysely<PortalTables>({ dialect: new PostgresDialect({ pool }), ...(log ? { log } : {}) });
  return kysely.withSchema('portal');
}

/** Makes the host's tables what this version needs. Twice is harmless, and any number of processes may try at once. */
export async function migrateHost(database: Database): Promise<void> {
  await database.transaction().execute(async (session) => {
    // Two who create a schema at the same time would both find none.
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(session);
    await sql`create schema if not exists portal`.execute(session);
  });
  const migrator = new Migrator({ db: database, provider: migrations, migrationTableSchema: 'portal' });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Runs work in one transaction, and keeps what it did only where the answer is no refusal. */
export async function atomically<T, E>(
  database: Database,
  work: (session: Session) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  let refused: Result<T, E> | undefined;
  try {
    return await database.transaction().execute(async (session) => {
      const done = await work(session);
      if (done.isOk()) return done;
      refused = done;
      throw new RolledBack();
    });
  } catch (error) {
    if (error instanceof RolledBack && refused) return refused;
    throw error;
  }
}

/** Tells Kysely to roll back. */
class RolledBack extends Error {}

const LOCK = 7_240_006;
