import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './start-postgres.ts';
import './vitest.ts';

let server: PostgresServer | undefined;

/** Gives the tests `HOLDFAST_PG_URL`, or else a temporary server that does not wait for the disk. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.HOLDFAST_PG_URL;
  if (!given) server = await startPostgres({ fsync: false });
  project.provide('postgresUrl', given ?? server?.url ?? '');
}

/** Ends the server that {@link setup} started. */
export async function teardown(): Promise<void> {
  await server?.stop();
}
