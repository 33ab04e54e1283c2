import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess } from './end-process.ts';
import { endWithParent } from './parent-watch.ts';
import { answeringPid } from './running-server.ts';
import type { ServerProgram } from './server-program.ts';

const startTimeoutMs = 60_000;
const passingMs = 8_000;
const pollMs = 50;
// A port that another process took meanwhile, or a folder whose killed server is not quite gone.
const passing = /Address already in use|Device or resource busy/;

/** What {@link launchServer} works with. */
export interface LaunchServer extends ServerProgram {
  readonly folder: string;
  readonly flags: readonly string[];
  readonly port?: number | undefined;
}

/** A server that answers. */
export interface LaunchedServer {
  readonly pid: number;
  readonly port: number;
  /** Calls off that the server ends with this process: it is written down where the next one finds it. */
  settle(): void;
}

/** Starts the server process and waits until it answers. Should this process be killed meanwhile, the server ends with it: nobody would find it. */
export async function launchServer(launch: LaunchServer): Promise<LaunchedServer> {
  const since = Date.now();
  for (;;) {
    const port = launch.port ?? (await freePort());
    const child = await spawnServer(launch, port);
    const settle = endWithParent(child.pid);
    while (!child.ended()) {
      if ((await answeringPid(port)) === child.pid) return { pid: child.pid, port, settle };
      if (Date.now() - since > startTimeoutMs) {
        await endProcess(child.pid, { atOnce: true });
        settle();
        throw new Error(`The server did not answer within ${startTimeoutMs} ms; see ${logIn(launch.folder)}`);
      }
      await sleep(pollMs);
    }
    settle();
    const log = await readFile(logIn(launch.folder), 'utf8');
    if (!passing.test(log) || Date.now() - since > passingMs) throw new Error(`The server did not start:\n${log}`);
    await sleep(4 * pollMs);
  }
}

async function spawnServer({ program, args, folder, flags }: LaunchServer, port: number) {
  // The log is a file and the session its own, so that neither a closed pipe nor Ctrl-C ends the server before its clients.
  const log = await open(logIn(folder), 'w', 0o600);
  try {
    const child = spawn(program, [...args, '--port', String(port), ...flags], {
      cwd: folder,
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

function logIn(folder: string): string {
  return path.join(folder, 'server.log');
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
