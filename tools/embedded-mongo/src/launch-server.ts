import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithParent, freePort, spawnServer } from '@holdfast/server-process';
import { endProcess } from './end-process.ts';
import { answeringPid } from './running-server.ts';
import type { ServerProgram } from './server-program.ts';

const startTimeoutMs = 60_000;
// Longer than a server that is asked to end is given before it is killed.
const passingMs = 40_000;
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
  const log = path.join(launch.folder, 'server.log');
  for (;;) {
    const port = launch.port ?? (await freePort());
    const args = [...launch.args, '--port', String(port), ...launch.flags];
    const child = await spawnServer({ program: launch.program, args, folder: launch.folder, log });
    // Nobody has used it yet, so it has nothing to lose: one that ends in its own time would hold the folder against whoever comes next.
    const settle = endWithParent(child.pid, 'SIGKILL');
    while (!child.ended()) {
      if ((await answeringPid(port)) === child.pid) return { pid: child.pid, port, settle };
      if (Date.now() - since > startTimeoutMs) {
        await endProcess(child.pid, { atOnce: true });
        settle();
        throw new Error(`The server did not answer within ${startTimeoutMs} ms; see ${log}`);
      }
      await sleep(pollMs);
    }
    settle();
    const said = await readFile(log, 'utf8');
    if (!passing.test(said) || Date.now() - since > passingMs) throw new Error(`The server did not start:\n${said}`);
    await sleep(4 * pollMs);
  }
}
