import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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
export async function launchServer(launch: LaunchServer): Promise<{ readonly pid: number; readonly port: number }> {
  const deadline = Date.now() + startTimeoutMs;
  await writeFile(launch.folder.settings, JSON.stringify(launch.settings));
  for (;;) {
    const port = await freePort();
    const child = await spawnServer(launch, port);
    for (;;) {
      const postmaster = await readPostmaster(launch.folder.data);
      if (postmaster?.pid === child.pid && postmaster.ready) return { pid: postmaster.pid, port };
      if (child.ended()) break;
      if (Date.now() > deadline)
        throw new Error(`Postgres was not ready after ${startTimeoutMs} ms; see ${launch.folder.log}`);
      await sleep(pollMs);
    }
    const log = await readFile(launch.folder.log, 'utf8');
    if (!passing.test(log) || Date.now() > deadline) throw new Error(`Postgres did not start:\n${log}`);
    await sleep(10 * pollMs);
  }
}

async function spawnServer({ binaries, folder, user, settings }: LaunchServer, port: number) {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The log is a file and the session its own, so that neither a closed pipe nor Ctrl-C ends the server before its clients.
  const log = await open(folder.log, 'w', 0o600);
  try {
    const child = spawn(binaries.postgres, ['-D', folder.data, '-p', String(port), ...flags], {
      ...user,
      cwd: folder.place,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let ended = false;
    child.once('exit', () => {
      ended = true;
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid as number));
      child.once('error', reject);
    });
    child.unref();
    return { pid, ended: () => ended };
  } finally {
    await log.close();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
