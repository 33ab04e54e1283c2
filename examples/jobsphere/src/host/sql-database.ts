import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Pool, PoolClient } from 'pg';
import { HostTrouble, hostTrouble } from './host-trouble.ts';
import type { SqlClient } from './sql-tables.ts';

/** A database that runs one transaction on one session: the same face for a pool of `pg` and for PGlite. */
export interface SqlDatabase<Client extends SqlClient> {
  /** Runs work in a transaction (read committed), and commits it if `commits` says so of what it gave. */
  transaction<T>(work: (client: Client) => Promise<T>, commits: (done: T) => boolean): Promise<T>;
}

/** Makes a database of a pool of `pg`. */
export function poolDatabase(pool: Pool): SqlDatabase<PoolClient> {
  return {
    transaction: async (work, commits) => {
      const client = await pool.connect().catch((error) => {
        throw trouble(error, 'none');
      });
      // A client that breaks while it is lent would end the process if nobody listened.
      let broken = false;
      const onError = (): void => {
        broken = true;
      };
      client.on('error', onError);
      try {
        return await transact(client, work, commits);
      } catch (error) {
        broken ||= isConnectionTrouble(error instanceof HostTrouble ? error.cause : error);
        throw error;
      } finally {
        client.off('error', onError);
        client.release(broken);
      }
    },
  };
}

/** Makes a database of PGlite, whose one session serves one transaction after the other. */
export function pgliteDatabase(pglite: PGlite): SqlDatabase<Transaction> {
  return {
    transaction: (work, commits) =>
      pglite.transaction(async (client) => {
        const done = await work(client);
        if (!commits(done)) await client.rollback();
        return done;
      }),
  };
}

async function transact<T>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<T>,
  commits: (done: T) => boolean,
): Promise<T> {
  let done: T;
  try {
    await client.query('begin isolation level read committed');
    done = await work(client);
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw isConnectionTrouble(error) ? trouble(error, 'none') : error;
  }
  try {
    await client.query(commits(done) ? 'commit' : 'rollback');
    return done;
  } catch (error) {
    throw trouble(error, commits(done) ? 'unknown' : 'none');
  }
}

function trouble(cause: unknown, effect: 'none' | 'unknown'): HostTrouble {
  return hostTrouble(
    effect === 'none' ? 'the host database does not answer' : 'the answer to COMMIT was lost',
    effect,
    cause,
  );
}

/** No answer, or one that says that the session is gone: connection, resources, operator. Anything else is a defect of ours. */
function isConnectionTrouble(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  if (typeof code !== 'string') return error instanceof Error && /terminated|timeout|Connection/.test(error.message);
  return /^(08|53|57)/.test(code) || /^E[A-Z]+$/.test(code);
}
