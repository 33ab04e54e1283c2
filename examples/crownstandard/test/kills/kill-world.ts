import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { instantAt, type Store } from '@holdfast/kernel';
import { createStripeProvider } from '@holdfast/provider-stripe';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import type { StripePeer } from '@holdfast/stripe-peer';
import pg from 'pg';
import Stripe from 'stripe';
import { bundleSource } from '../../../../scripts/bundle-source.mjs';
import { type Crown, openCrown } from '../../src/book/open-crown.ts';
import { registerPayee, registerSender } from '../../src/services/register.ts';
import { account, cardOf, freePort, spawnRoughPeer } from './peer-of-kills.ts';
import type { Plant } from './plants.ts';
import { type SpawnedWorker, spawnWorker } from './spawned-worker.ts';
import type { WorkerStart } from './worker-process.ts';

/** What workers are killed in: a Postgres, a peer in a process of its own, and the marketplace as whoever gives it work sees it. */
export interface KillWorld {
  readonly crown: Crown;
  readonly peer: StripePeer;
  readonly payees: readonly string[];
  /** The next worker, which waits to be told to begin; another is warmed up meanwhile. */
  nextWorker(): SpawnedWorker;
  /** What a worker begins with; its notes go to a file of their own. */
  startOf(notes: string): Omit<WorkerStart, 'aim'>;
  /** A file for the notes of a worker. */
  notes(name: string | number): string;
  /** Lets time pass: for the peer, the store's leases, the worker and whoever gives it work. */
  pass(ms: number, worker?: SpawnedWorker): Promise<void>;
  /** Waits until nothing is due any more; on a busy machine so long at most, in milliseconds: two seconds where nothing is said. */
  quiet(mostMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a world on a Postgres, in a schema of its own. */
export async function openKillWorld({
  url,
  seed,
  plant,
}: {
  readonly url: string;
  readonly seed: number;
  readonly plant?: Plant;
}): Promise<KillWorld> {
  const schema = `kills_${process.pid}_${seed}`;
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {});
  await pool.query(`drop schema if exists ${schema} cascade`);
  (await migrate(pool, { schema }))._unsafeUnwrap();
  const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-kills-'));
  const program = await bundleSource(of('./worker-process.ts'), of('../../dist/kills-worker.mjs'));
  const webhooksPort = await freePort();
  const peer = await spawnRoughPeer(seed, webhooksPort);
  // In the past, and never past the clock of the store: a book refuses a moment that its store has not come to.
  let aheadMs = -LONG_AGO_MS;
  await peer.advance(aheadMs);
  const clock = () => instantAt(Date.now() + aheadMs);
  const { host, port } = peer;
  const stripe = new Stripe('sk_test_peer', { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const store = createPostgresStore({ client: pool, schema }) as Store<never>;
  const provider = createStripeProvider({ stripe, account, mode: 'sandbox', clock, parameters: cardOf });
  const crown = openCrown({ store, name: BOOK, clock, provider });
  await registerSender(crown);
  for (const payee of PAYEES) await registerPayee(crown, payee, `acct_${payee}`);
  let waiting = spawnWorker(program);
  return {
    crown,
    peer,
    payees: PAYEES,
    nextWorker: () => {
      const worker = waiting;
      waiting = spawnWorker(program);
      return worker;
    },
    startOf: (notes) => {
      const start = { url, schema, book: BOOK, peer: { host, port }, port: webhooksPort, aheadMs, notes };
      return plant === undefined ? start : { ...start, plant };
    },
    notes: (name) => path.join(folder, `${name}.notes`),
    pass: async (ms, worker) => {
      // Not the worker first: what it would send from the future, the peer would have from the past.
      await peer.advance(ms);
      aheadMs += ms;
      worker?.pass(ms);
      await passInStore(pool, schema, ms);
    },
    quiet: (mostMs = 2_000) => untilQuiet(pool, { schema, clock, mostMs }),
    close: async () => {
      waiting.kill();
      await waiting.ended;
      await peer.close();
      await crown.book.close();
      await store.close();
      await pool.query(`drop schema ${schema} cascade`);
      await pool.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lets leases and waits run by the time that passed: the store goes by its own clock, which nobody can move. */
async function passInStore(pool: pg.Pool, schema: string, ms: number): Promise<void> {
  const text = `update ${schema}.task set free_at = free_at - $1::text::numeric * interval '1 millisecond' where free_at is not null`;
  for (let turn = 1; ; turn += 1) {
    try {
      await pool.query(text, [`${ms}`]);
      return;
    } catch (error) {
      // A worker took the same rows the other way round.
      if ((error as { readonly code?: string }).code !== '40P01' || turn === MOST_TURNS) throw error;
    }
  }
}

async function untilQuiet(
  pool: pg.Pool,
  { schema, clock, mostMs }: { readonly schema: string; readonly clock: () => string; readonly mostMs: number },
): Promise<void> {
  const text = `select count(*)::text as due from ${schema}.task
    where due_at <= $1 and parked is null and (lease is not null or free_at is null or free_at <= clock_timestamp())`;
  const deadline = Date.now() + mostMs;
  for (let still = 0; still < 2 && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const { rows } = await pool.query<{ due: string }>(text, [clock()]);
    still = rows[0]?.due === '0' ? still + 1 : 0;
  }
}

function of(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

const BOOK = 'crownstandard';
const PAYEES = ['pat', 'quinn', 'rhea', 'sam'];
const MOST_TURNS = 20;
/** More than all that passes in a run. */
const LONG_AGO_MS = 400 * 86_400_000;
