import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, spawnServer } from '@holdfast/server-process';
import type { Binaries } from './binaries.ts';
import { readPostmaster } from './postmaster-file.ts';
import type { ServerFolder } from './server-folder.ts';
import type { ServerUser } from './server-user.ts';

const startTimeoutMs = 60_000;
const pollMs = 20;
// A port that another process took meanwhile, or backends of a killed server that have not noticed yet.
const passing = /Address already in use|shared memory block|lock file .* already exists/;

/** What {@link launchServer} works with. */
export interface LaunchServer {
  readonly binaries: Binaries;
  readonly folder: ServerFolder;
  readonly user: ServerUser;
  readonly settings: Readonly<Record<string, string>>;
}

/** Starts the server process on a free port and waits until it accepts connections. */
export async function launchServer({
  binaries,
  folder,
  user,
  settings,
}: LaunchServer): Promise<{ readonly pid: number; readonly port: number }> {
  const deadline = Date.now() + startTimeoutMs;
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await writeFile(folder.settings, JSON.stringify(settings));
  for (;;) {
    const port = await freePort();
    const child = await spawnServer({
      program: binaries.postgres,
      args: ['-D', folder.data, '-p', String(port), ...flags],
      folder: folder.place,
      log: folder.log,
      user,
    });
    for (;;) {
      const postmaster = await readPostmaster(folder.data);
      if (postmaster?.pid === child.pid && postmaster.ready) return { pid: postmaster.pid, port };
      if (child.ended()) break;
      if (Date.now() > deadline)
        throw new Error(`Postgres was not ready after ${startTimeoutMs} ms; see ${folder.log}`);
      await sleep(pollMs);
    }
    const log = await readFile(folder.log, 'utf8');
    if (!passing.test(log) || Date.now() > deadline) throw new Error(`Postgres did not start:\n${log}`);
    await sleep(10 * pollMs);
  }
}
