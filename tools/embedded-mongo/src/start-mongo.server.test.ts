import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAlive } from './end-process.ts';
import { findMongo } from './find-mongo.ts';
import type { MongoServer } from './running-server.ts';
import { startMongo } from './start-mongo.ts';
import { describeOnMongo } from './vitest.ts';

let folder: string;
const servers: MongoServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdfast-starter-test-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    // A clean end takes the server two seconds, and its data is of no use any more.
    await server.kill();
    await server.stop();
  }
  await rm(folder, { recursive: true, force: true });
});

describeOnMongo('startMongo', () => {
  it('keeps its data between two starts of one folder', async () => {
    const first = await start({ folder });
    await keep(first, 42);
    await first.stop();
    expect(await findMongo(folder)).toBeUndefined();
    const second = await start({ folder });
    expect(await kept(second)).toEqual([42]);
    expect(second.adopted).toBe(false);
  });

  it('finds and uses the server that a killed process left in the folder', async () => {
    const { parent, pid } = await startInAnotherProcess(folder);
    parent.kill('SIGKILL');
    await ended(parent);
    expect(await findMongo(folder)).toMatchObject({ pid, adopted: true });
    const server = await start({ folder });
    expect(server).toMatchObject({ pid, adopted: true });
    await keep(server, 1);
    expect(await kept(server)).toEqual([1]);
  });

  it('finds and uses the server whose process was killed while it started', async () => {
    const parent = beginInAnotherProcess(folder);
    while (!existsSync(path.join(folder, 'server.json'))) await sleep(5);
    parent.kill('SIGKILL');
    await ended(parent);
    expect(await start({ folder })).toMatchObject({ adopted: true });
  });

  it('starts a found server anew when it was started otherwise or on another port', async () => {
    const first = await start({ folder, fsync: false });
    const second = await start({ folder });
    expect(second.adopted).toBe(false);
    expect(isAlive(first.pid)).toBe(false);
    const third = await start({ folder, port: first.port });
    expect([third.adopted, third.port]).toEqual([false, first.port]);
  });

  it('starts again on its port after it was killed, with what was answered', async () => {
    const first = await start({ folder });
    await keep(first, 7);
    await first.kill();
    expect(await findMongo(folder)).toBeUndefined();
    const second = await start({ folder, port: first.port });
    expect(second.port).toBe(first.port);
    expect(await kept(second)).toEqual([7]);
  });

  it('does not take another server on its port for the one of the folder', async () => {
    const other = await start({});
    await expect(start({ folder, port: other.port })).rejects.toThrow(/Address already in use/);
  });

  it('ends a temporary server when the process that started it is killed', async () => {
    const { parent, pid, place } = await startInAnotherProcess();
    parent.kill('SIGKILL');
    await ended(parent);
    for (let waits = 0; waits < 2_400 && existsSync(place); waits += 1) await sleep(50);
    expect(existsSync(place)).toBe(false);
    expect(isAlive(pid)).toBe(false);
  });
});

async function start(options: Parameters<typeof startMongo>[0]): Promise<MongoServer> {
  const server = await startMongo(options);
  servers.push(server);
  return server;
}

async function keep(server: MongoServer, answer: number): Promise<void> {
  await inCollection(server, (kept) => kept.insertOne({ answer }, { writeConcern: { w: 'majority', j: true } }));
}

async function kept(server: MongoServer): Promise<unknown[]> {
  const found = await inCollection(server, (kept) => kept.find({}).toArray());
  return found.map(({ answer }) => answer);
}

async function inCollection<T>(
  { url }: MongoServer,
  work: (kept: ReturnType<ReturnType<MongoClient['db']>['collection']>) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(url);
  try {
    return await work(client.db('starter_test').collection('kept'));
  } finally {
    await client.close();
  }
}

/** Starts a server in a process of its own, which then waits to be killed. */
async function startInAnotherProcess(inFolder?: string) {
  const parent = beginInAnotherProcess(inFolder);
  const said = await new Promise<string>((resolve) => parent.stdout.once('data', (chunk) => resolve(String(chunk))));
  return { parent, ...(JSON.parse(said) as { pid: number; place: string }) };
}

/** The same, which tells once the server answers. */
function beginInAnotherProcess(inFolder?: string) {
  const module = fileURLToPath(new URL('./start-mongo.ts', import.meta.url));
  const options = JSON.stringify(inFolder === undefined ? {} : { folder: inFolder });
  const program = `import(${JSON.stringify(module)}).then(async ({ startMongo }) => {
    const { pid, folder } = await startMongo(${options});
    console.log(JSON.stringify({ pid, place: folder }));
    setInterval(() => {}, 1000);
  });`;
  return spawn(process.execPath, ['--import', 'tsx', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}
