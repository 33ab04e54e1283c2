import type { StoreFault } from '@holdfast/kernel';
import type { MongoClient } from 'mongodb';
import type { Result } from 'neverthrow';
import { runMigrations } from './migrations/migrate.ts';
import { guarded } from './sessions/map-fault.ts';

/**
 * Makes the collections and indexes that this version needs. Twice is harmless, and any number of processes may try at once: call it at every
 * start.
 *
 * @param client - A `MongoClient` whose user may create collections and indexes.
 * @returns The names of the steps that it took; none where all was up to date.
 */
export function migrate(
  client: MongoClient,
  { database, namespace = 'holdfast' }: { readonly database?: string; readonly namespace?: string } = {},
): Promise<Result<readonly string[], StoreFault>> {
  return guarded('unknown', () => runMigrations({ client, answerTimeoutMs: 600_000 }, { database, namespace }));
}
