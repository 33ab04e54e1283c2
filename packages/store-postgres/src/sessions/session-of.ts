import { Defect } from '@holdfast/kernel';
import { fromKysely, type KyselyTransaction } from './from-kysely.ts';
import { type PgliteTransaction, runOnPglite } from './from-pglite.ts';
import { type PgClient, runOn } from './from-pool.ts';
import type { SqlSession } from './sql-session.ts';

/** What a host can hand over while it holds a transaction: a client of `pg`, or a transaction of Kysely or PGlite. */
export type HostClient = PgClient | KyselyTransaction | PgliteTransaction;

/** Makes a session of whatever the host holds. */
export function sessionOf(client: HostClient): SqlSession {
  if (has(client, 'executeQuery')) return fromKysely(client as KyselyTransaction);
  if (has(client, 'exec')) return { run: (statement) => runOnPglite(client as PgliteTransaction, statement) };
  if (has(client, 'query')) return { run: (statement) => runOn(client as PgClient, statement) };
  throw new Defect('the client is neither a client of pg nor a transaction of Kysely or PGlite');
}

function has(client: unknown, method: string): boolean {
  return typeof (client as { readonly [name: string]: unknown } | null | undefined)?.[method] === 'function';
}
