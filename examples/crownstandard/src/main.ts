import { createServer } from 'node:net';
import { instantAt, type Store } from '@holdfast/kernel';
import { createStripeProvider } from '@holdfast/provider-stripe';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import { startStripePeer } from '@holdfast/stripe-peer';
import Stripe from 'stripe';
import type { FeedCursor } from './events/event-bus.ts';
import { createEventPublisher } from './events/publish-events.ts';
import { runProcess } from './run-process.ts';
import { alertOf } from './workers/admin-alert.ts';

// The plain process: takes in webhooks and does what is due, on the server at HOLDFAST_PG_URL and at Stripe, else on a PGlite and a local peer that are gone at the end.
const {
  HOLDFAST_PG_URL,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  STRIPE_ACCOUNT = 'acct_platform',
  PORT,
} = process.env;
const port = Number(PORT ?? (await freePort()));
const secret = STRIPE_WEBHOOK_SECRET ?? 'whsec_of_the_local_peer';
const clock = () => instantAt(Date.now());
const { store, closeStore } = await openStore(HOLDFAST_PG_URL);
const { stripe, closeStripe } = await openStripe(STRIPE_SECRET_KEY);
let cursor: FeedCursor | undefined;
const running = await runProcess({
  store,
  clock,
  provider: createStripeProvider({ stripe, account: STRIPE_ACCOUNT, mode: 'sandbox', clock }),
  secret,
  port,
  everyMs: 1_000,
  // In earnest a client of EventBridge, and a cursor in a table.
  publisher: (crown) =>
    createEventPublisher(
      crown,
      {
        putEvents: async ({ Entries }) => {
          for (const { Source, DetailType, Detail } of Entries) console.log(`${Source} ${DetailType} ${Detail}`);
          return { FailedEntryCount: 0 };
        },
      },
      {
        read: async () => cursor,
        write: async (next) => {
          cursor = next;
        },
      },
    ),
  onAlarm: (alarm) => console.error(alertOf(alarm)),
  onChargeAlarm: (alarm) => console.error(alertOf(alarm)),
  onTrouble: (trouble) => console.error(trouble),
});
console.log(`CrownStandard takes in webhooks at ${running.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

async function stop(): Promise<void> {
  await running.stop();
  await closeStripe();
  await closeStore();
}

async function openStore(
  url: string | undefined,
): Promise<{ readonly store: Store<never>; closeStore(): Promise<void> }> {
  if (url === undefined || url === '') {
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = await PGlite.create();
    await prepare(pglite);
    return { store: createPostgresStore({ client: pglite }), closeStore: () => pglite.close() };
  }
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url });
  pool.on('error', (error: unknown) => console.error(error));
  await prepare(pool);
  return { store: createPostgresStore({ client: pool }), closeStore: () => pool.end() };
}

async function prepare(client: Parameters<typeof migrate>[0]): Promise<void> {
  const migrated = await migrate(client);
  if (migrated.isErr()) throw new Error(`the schema could not be made: ${migrated.error.message}`);
}

async function openStripe(key: string | undefined): Promise<{ readonly stripe: Stripe; closeStripe(): Promise<void> }> {
  if (key !== undefined && key !== '') {
    // A key of live mode belongs to a process that was looked at more closely than an example.
    if (!key.startsWith('sk_test_')) throw new Error('STRIPE_SECRET_KEY is one of test mode: sk_test_…');
    return { stripe: new Stripe(key, { telemetry: false }), closeStripe: async () => {} };
  }
  const url = `http://127.0.0.1:${port}/webhooks/stripe`;
  const peer = await startStripePeer({ webhooks: { url, secret, auto: true } });
  const { host, port: peerPort } = peer;
  const stripe = new Stripe('sk_test_peer', { host, port: peerPort, protocol: 'http', telemetry: false });
  return { stripe, closeStripe: () => peer.close() };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
