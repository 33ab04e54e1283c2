import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { instantAt, type Store } from '@holdfast/kernel';
import { createStripeProvider } from '@holdfast/provider-stripe';
import { createPostgresStore } from '@holdfast/store-postgres';
import pg from 'pg';
import Stripe from 'stripe';
import { type RunningProcess, runProcess } from '../../src/run-process.ts';
import { type AimedKill, createNoting } from './noting.ts';
import { account, cardOf, secret } from './peer-of-kills.ts';
import { type Plant, withPlant } from './plants.ts';

/** What a worker that waits is told to begin with. */
export interface WorkerStart {
  /** Of the Postgres. */
  readonly url: string;
  readonly schema: string;
  readonly book: string;
  readonly peer: { readonly host: string; readonly port: number };
  /** Where webhooks arrive. */
  readonly port: number;
  /** How far the clock is ahead of the machine's, in milliseconds. */
  readonly aheadMs: number;
  /** Where it notes what it does. */
  readonly notes: string;
  readonly aim?: AimedKill;
  /** A mistake that it is to make. */
  readonly plant?: Plant;
}

/** What a worker is told, a line each. */
export type WorkerWord = { readonly start: WorkerStart } | { readonly passMs: number } | { readonly stop: true };

// The marketplace's plain process, with a clock that can be moved on, notes of what it does, and a life that may end at once.
let aheadMs = 0;
let stop: (() => Promise<void>) | undefined;
const lines = createInterface({ input: process.stdin });
console.log('warm');
for await (const line of lines) {
  const word = JSON.parse(line) as WorkerWord;
  if ('passMs' in word) aheadMs += word.passMs;
  else if ('start' in word) stop = await begin(word.start);
  else break;
}
await stop?.();
process.exit(0);

async function begin(start: WorkerStart): Promise<() => Promise<void>> {
  const { url, schema, book, peer, port, notes, aim, plant } = start;
  aheadMs += start.aheadMs;
  const clock = () => instantAt(Date.now() + aheadMs);
  const noting = createNoting(openSync(notes, 'a'), { aim, onPayout: () => console.log('paying') });
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', (error) => console.error(error));
  const stripe = new Stripe('sk_test_peer', { ...peer, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const store = createPostgresStore({ client: pool, schema }) as Store<never>;
  const own = createStripeProvider({ stripe, account, mode: 'sandbox', clock, parameters: cardOf });
  const tools = withPlant({ store, provider: own }, plant);
  const running: RunningProcess = await runProcess({
    store: noting.store(tools.store),
    name: book,
    clock,
    provider: noting.provider(tools.provider),
    secret,
    port,
    everyMs: 20,
    onAlarm: () => {},
    onTrouble: (trouble) => console.error(JSON.stringify(trouble).slice(0, 300)),
  });
  console.log('ready');
  return async () => {
    await running.stop();
    await pool.end();
  };
}
