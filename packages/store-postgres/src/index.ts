export { createPostgresStore, type PostgresStoreOptions } from './create-postgres-store.ts';
export { migrate } from './migrate.ts';
export { StoreTrouble } from './reads/store-trouble.ts';
export type { KyselyTransaction } from './sessions/from-kysely.ts';
export type { PgliteDatabase, PgliteTransaction } from './sessions/from-pglite.ts';
export type { PgClient, PgPool, PgPoolClient } from './sessions/from-pool.ts';
export type { HostClient } from './sessions/session-of.ts';
export type { DatabaseClient } from './sessions/source-of.ts';
