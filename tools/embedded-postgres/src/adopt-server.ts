import { readFile, realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isAlive, type Postmaster, readPostmaster } from './postmaster-file.ts';
import type { ServerFolder } from './server-folder.ts';
import { forgetServer, stopServer } from './stop-server.ts';

const answerTimeoutMs = 20_000;
const pollMs = 50;

/** Finds the server that already runs in a folder; one whose settings differ is ended and counts as absent. */
export async function adoptServer(
  folder: ServerFolder,
  secret: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly pid: number; readonly port: number } | undefined> {
  const found = await readPostmaster(folder.data);
  if (!found) return undefined;
  const served = await dataFolderOf(found, folder, secret);
  if (served === undefined) {
    await forgetServer(folder);
    return undefined;
  }
  const { pid, port } = found;
  const own = await realpath(folder.data);
  if ((await realpath(served)) !== own) throw new Error(`The server on port ${port} is not the one of ${own}`);
  if ((await readFile(folder.settings, 'utf8').catch(() => '')) === JSON.stringify(settings)) return { pid, port };
  await stopServer(pid, folder);
  return undefined;
}

/** Asks the server which data it serves, waiting while it starts or recovers; nothing when it is no longer there. */
async function dataFolderOf(found: Postmaster, folder: ServerFolder, secret: string): Promise<string | undefined> {
  const deadline = Date.now() + answerTimeoutMs;
  while (isAlive(found.pid) && (await readPostmaster(folder.data))?.pid === found.pid && Date.now() < deadline) {
    const served = await ask(found.port, secret).catch(() => undefined);
    if (served !== undefined) return served;
    await sleep(pollMs);
  }
  return undefined;
}

async function ask(port: number, secret: string): Promise<string | undefined> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: secret, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory;
  } finally {
    await client.end();
  }
}
