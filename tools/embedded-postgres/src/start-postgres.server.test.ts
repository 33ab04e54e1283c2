import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from './postmaster-file.ts';
import { type PostgresServer, startPostgres } from './start-postgres.ts';

let folder: string;
const servers: PostgresServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdfast-starter-test-'));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('startPostgres', () => {
  it('keeps its data between two starts of one folder', async () => {
    const first = await start({ folder, fsync: false });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start({ folder, fsync: false });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(second.adopted).toBe(false);
  });

  it('finds and uses the server that a killed process left in the folder', async () => {
    const { parent, pid } = await startInAnotherProcess(folder);
    parent.kill('SIGKILL');
    await ended(parent);
    const server = await start({ folder, fsync: false });
    expect(server.pid).toBe(pid);
    expect(server.adopted).toBe(true);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts a found server anew when other settings are asked for', async () => {
    await start({ folder, fsync: false });
    const server = await start({ folder, fsync: true });
    expect(server.adopted).toBe(false);
    expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  });

  it('starts again after a server that was killed, with what was committed', async () => {
    const first = await start({ folder });
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS answer');
    await first.kill();
    const second = await start({ folder });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }]);
  });

  it('works under a folder that only its owner can enter, and leaves its mode alone', async () => {
    await chmod(folder, 0o700);
    const inner = path.join(folder, 'inner');
    const first = await start({ folder: inner, fsync: false });
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS answer');
    await first.stop();
    const second = await start({ folder: inner, fsync: false });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 1 }]);
    await second.stop();
    if (!second.dataFolder.startsWith(inner)) await rm(path.dirname(second.dataFolder), { recursive: true });
  });

  it('ends a temporary server when the process that started it is killed', async () => {
    const { parent, pid, dataFolder } = await startInAnotherProcess();
    parent.kill('SIGKILL');
    await ended(parent);
    for (let waits = 0; waits < 2_400 && existsSync(dataFolder); waits += 1) await sleep(50);
    expect(existsSync(dataFolder)).toBe(false);
    expect(existsSync(`/proc/${pid}/root/x`) && isAlive(pid)).toBe(false);
  });
});

async function start(options: Parameters<typeof startPostgres>[0]): Promise<PostgresServer> {
  const server = await startPostgres(options);
  servers.push(server);
  return server;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server in a process of its own, which then waits to be killed. */
async function startInAnotherProcess(inFolder?: string) {
  const module = fileURLToPath(new URL('./start-postgres.ts', import.meta.url));
  const options = JSON.stringify({ fsync: false, ...(inFolder === undefined ? {} : { folder: inFolder }) });
  const program = `import(${JSON.stringify(module)}).then(async ({ startPostgres }) => {
    const { pid, dataFolder } = await startPostgres(${options});
    console.log(JSON.stringify({ pid, dataFolder }));
    setInterval(() => {}, 1000);
  });`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) => parent.stdout.once('data', (chunk) => resolve(String(chunk))));
  return { parent, ...(JSON.parse(said) as { pid: number; dataFolder: string }) };
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}
