import { trustedHeader } from './http/caller.ts';
import { createApp } from './http/create-app.ts';
import { openOnMongo, openOnPglite, openOnPostgres } from './open-service.ts';
import { runWorker } from './run-worker.ts';
import type { Service } from './service/service.ts';

// Serves JobSphere on the loopback: on the replica set at HOLDFAST_MONGO_URL or the server at HOLDFAST_PG_URL, else on a PGlite in memory that
// is gone at the end.
const { service, close } = await open(process.env.HOLDFAST_MONGO_URL, process.env.HOLDFAST_PG_URL);
for (const [id, role] of [
  ['customer-1', 'customer'],
  ['contractor-1', 'contractor'],
  ['admin-1', 'admin'],
] as const) {
  await service.host.transaction((tables) => tables.put('users', { id, role }));
}
const authenticate = trustedHeader((id) => service.host.transaction((tables) => tables.find('users', id)));
const app = createApp({ service, authenticate, onDefect: (error) => console.error(error) });
const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`JobSphere listens at ${JSON.stringify(server.address())}`);
});
const worker = runWorker(service, {
  everyMs: 1_000,
  deliver: async ({ receiver, title, body }) => console.log(`to ${receiver}: ${title} (${body})`),
  onTrouble: (trouble) => console.error(trouble),
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

async function open(
  mongo: string | undefined,
  url: string | undefined,
): Promise<{ readonly service: Service; close(): Promise<void> }> {
  if (mongo) {
    const { MongoClient } = await import('mongodb');
    const client = await MongoClient.connect(mongo);
    return { service: await openOnMongo(client), close: () => client.close() };
  }
  if (url === undefined || url === '') {
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = await PGlite.create();
    return { service: await openOnPglite(pglite), close: () => pglite.close() };
  }
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url });
  pool.on('error', (error) => console.error(error));
  return { service: await openOnPostgres(pool), close: () => pool.end() };
}

async function stop(): Promise<void> {
  await new Promise((closed) => server.close(closed));
  await worker.stop();
  await service.book.close();
  await close();
}
