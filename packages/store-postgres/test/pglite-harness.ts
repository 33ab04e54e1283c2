import { PGlite } from '@electric-sql/pglite';
import type { Store } from '@holdfast/kernel';
import type { StoreHarness } from '@holdfast/testkit';
import { createPostgresStore, migrate } from '../src/index.ts';
import { freshSchema } from './postgres-harness.ts';

/** The kind of store that is made on a PGlite in memory: one database for all trials, a schema for each. */
export function pgliteHarness(runs: number): StoreHarness & { end(): Promise<void> } {
  let database: Promise<PGlite> | undefined;
  return {
    name: 'PGlite',
    runs,
    lacks: {
      host: "PGlite has one session: nothing else runs while a host's transaction is open (its own test joins one)",
      cut: 'PGlite runs inside the process: there is no connection to cut',
    },
    async open() {
      database ??= PGlite.create();
      const client = await database;
      const schema = freshSchema();
      const made = await migrate(client, { schema });
      if (made.isErr()) throw new Error(made.error.message);
      const open = (): Store<unknown> => createPostgresStore({ client, schema }) as Store<unknown>;
      const store = open();
      return {
        store,
        another: async () => open(),
        close: async () => {
          await store.close();
          await client.exec(`drop schema ${schema} cascade`);
        },
      };
    },
    async end() {
      await (await database)?.close();
    },
  };
}
