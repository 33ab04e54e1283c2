import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type MongoServer, startMongo, whyNoMongo } from '@holdfast/embedded-mongo';
import type { Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { createMongoStore, migrate } from '@holdfast/store-mongo';
import { MongoClient } from 'mongodb';
import { afterAll, expect, it } from 'vitest';
import { deciders } from './marketplace.ts';

const CRASHES = 20;
const PROCESSES = 2;
const CALLERS = 4;
const database = 'crashed';
const left: { readonly children: ChildProcess[]; folder?: string; server?: MongoServer } = { children: [] };

afterAll(async () => {
  for (const child of left.children) child.kill('SIGKILL');
  await left.server?.stop();
  if (left.folder !== undefined) await rm(left.folder, { recursive: true, force: true });
});

it(`a server killed ${CRASHES} times under ${PROCESSES * CALLERS} callers loses nothing that was answered, and keeps no half unit`, async ({
  skip,
}) => {
  const why = await whyNoMongo({ ownServer: true });
  if (why !== undefined) skip(why);
  left.folder = await mkdtemp(path.join(tmpdir(), 'holdfast-crash-test-'));
  left.server = await startMongo({ folder: left.folder });
  const { port, url } = left.server;
  await onStore(url, async (client) => (await migrate(client, { database }))._unsafeUnwrap());
  const processes = Array.from({ length: PROCESSES }, (_, name) => startCallers(url, `${name}`));

  for (let crash = 0; crash < CRASHES; crash++) {
    const before = processes.map(({ answers }) => answers.size);
    // In the middle of the load: every caller has been answered about once since the server came back.
    await until(() => processes.every(({ answers }, index) => answers.size >= (before[index] ?? 0) + CALLERS));
    await sleep((crash * 37) % 100);
    await left.server.kill();
    left.server = await startMongo({ folder: left.folder, port });
  }
  const met = await Promise.all(processes.map(({ end }) => end()));

  // Otherwise the server died while nobody asked it anything.
  expect(met.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(CRASHES / 2);
  const keys = processes.flatMap(({ answers }) => [...answers]);
  expect(keys.length).toBeGreaterThanOrEqual(CRASHES * PROCESSES * CALLERS);
  await onStore(url, async (client) => {
    const store = createMongoStore({ client, database }) as Store<never>;
    const report = (await verifyBook({ store, book: 'market', deciders }))._unsafeUnwrap();
    expect(report.difference).toBeUndefined();
    expect(report.verified).toBe(true);
    const sequences = new Map<string, number>();
    for await (const unit of store.projectUnits('market')) {
      const key = unit.key.split(' ').at(-1) ?? '';
      expect(sequences.has(key)).toBe(false);
      sequences.set(key, unit.sequence);
    }
    expect(keys.filter(([key, sequence]) => sequences.get(key) !== sequence)).toEqual([]);
    // All callers heard of all that they asked for, so nothing is there that nobody was told of.
    expect(sequences.size).toBe(keys.length);
  });
}, 1_200_000);

async function onStore<T>(url: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** A process of callers, with what they were answered so far. */
interface Callers {
  /** The sequence of each key that was answered. */
  readonly answers: ReadonlyMap<string, number>;
  /** Lets the callers finish what they are at, and gives how many doubts and faults their book met. */
  end(): Promise<number>;
}

/** Starts a process of its own, which runs on the source as this one does. */
function startCallers(url: string, name: string): Callers {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const script = fileURLToPath(new URL('./mongo-callers.ts', import.meta.url));
  const flags = ['--conditions=holdfast:source', '--import', tsx, script, url, database, name, `${CALLERS}`];
  const child = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  left.children.push(child);
  const answers = new Map<string, number>();
  let doubts = 0;
  const met = new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`process ${name} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [key = '', number] = line.split(' ');
      if (key === 'doubts') doubts = Number(number);
      else if (key === 'faults') resolve(doubts + Number(number));
      else answers.set(key, Number(number));
    });
  });
  met.catch(() => {});
  return {
    answers,
    end: () => {
      child.stdin.write('end\n');
      return met;
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 300_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('the callers are not answered any more');
    await sleep(10);
  }
}
