import type { StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { runMigrations } from './migrations/migrate.ts';
import { guarded } from './sessions/map-fault.ts';
import { type DatabaseClient, sourceOf } from './sessions/source-of.ts';

/**
 * Makes a schema what this version needs, in one transaction. Twice is harmless, and any number of processes may try at once.
 *
 * @param client - A `Pool` of `pg`, or a PGlite, of a role that may create tables.
 * @returns The names of the steps that it ran; none where the schema was up to date.
 */
export async function migrate(
  client: DatabaseClient,
  {
    schema = 'holdfast',
    connectTimeoutMs = 10_000,
  }: { readonly schema?: string; readonly connectTimeoutMs?: number } = {},
): Promise<Result<readonly string[], StoreFault>> {
  const source = sourceOf(client, { connectTimeoutMs, answerTimeoutMs: 600_000 });
  try {
    return await guarded('unknown', () => runMigrations(source, schema));
  } finally {
    await source.close();
  }
}
