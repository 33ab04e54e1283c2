import { chitsChart } from '@holdfast/chit-fund';
import { type Book, type Instant, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';
import { createPostgresStore, type HostClient, migrate } from '@holdfast/store-postgres';
import type { Pool } from 'pg';

/** Every account that the portal's money can lie in. */
const chart = defineChart(chitsChart);

/** Opens the book in the database of the host's tables, so that one COMMIT can decide for both. */
export async function openPortalBook(pool: Pool, clock: () => Instant): Promise<Book<HostClient>> {
  const migrated = await migrate(pool);
  if (migrated.isErr()) throw new Error(`${migrated.error.code}: ${migrated.error.message}`);
  return openBook({ store: createPostgresStore({ client: pool }), name: 'portal', chart, clock });
}
