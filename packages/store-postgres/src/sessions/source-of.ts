import { Defect } from '@holdfast/kernel';
import { fromPglite, type PgliteDatabase } from './from-pglite.ts';
import { fromPool, type Patience, type PgPool } from './from-pool.ts';
import type { SqlSource } from './sql-session.ts';

/** What a store works on: a `Pool` of `pg`, or a PGlite. */
export type DatabaseClient = PgPool | PgliteDatabase;

/** Makes a source of a pool or a PGlite. */
export function sourceOf(client: DatabaseClient, patience: Patience): SqlSource {
  if (has(client, 'transaction') && has(client, 'exec')) return fromPglite(client as PgliteDatabase);
  if (has(client, 'connect') && !has(client, 'executeQuery')) return fromPool(client as PgPool, patience);
  throw new Defect('client is neither a Pool of pg nor a PGlite');
}

function has(client: unknown, method: string): boolean {
  return typeof (client as { readonly [name: string]: unknown } | null | undefined)?.[method] === 'function';
}
