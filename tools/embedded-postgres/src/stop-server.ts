import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readPostmaster } from './postmaster-file.ts';
import type { ServerFolder } from './server-folder.ts';

const stopTimeoutMs = 30_000;
const pollMs = 20;

/** Ends the server in Postgres's fast way: open transactions are rolled back, the data directory is left clean. */
export async function stopServer(pid: number, folder: ServerFolder): Promise<void> {
  const deadline = Date.now() + stopTimeoutMs;
  signal(pid, 'SIGINT');
  // Its file goes last. The process itself may stay as a zombie where nobody reaps orphans, so both are looked at.
  while ((await readPostmaster(folder.data))?.pid === pid && isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`Postgres (process ${pid}) did not end within ${stopTimeoutMs} ms`);
    await sleep(pollMs);
  }
}

/** Ends the server at once and without any of its own clean-up. */
export async function killServer(pid: number): Promise<void> {
  signal(pid, 'SIGKILL');
}

/** Removes the `postmaster.pid` of a server that is gone, whose process id now belongs to somebody else. */
export async function forgetServer(folder: ServerFolder): Promise<void> {
  await rm(path.join(folder.data, 'postmaster.pid'), { force: true });
}

function signal(pid: number, name: 'SIGINT' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
