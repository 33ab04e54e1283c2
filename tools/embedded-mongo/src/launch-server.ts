import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithParent, freePort, spawnServer } from '@holdfast/server-process';
import { endProcess } from './end-process.ts';
import { answeringPid, keptCommand } from './running-server.ts';
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
  /** Whether the folder goes with the server, and both with this process: nobody would find them. */
  readonly temporary: boolean;
}

/** A server that answers. */
export interface LaunchedServer {
  readonly pid: number;
  readonly port: number;
  /** Calls off that a temporary server ends with this process. */
  leaveParent(): void;
}

/** Starts the server process and waits until it answers. Should this process be killed meanwhile, the next one finds the server in its folder. */
export async function launchServer(launch: LaunchServer): Promise<LaunchedServer> {
  const since = Date.now();
  const log = path.join(launch.folder, 'server.log');
  for (;;) {
    const port = launch.port ?? (await freePort());
    const { folder, flags } = launch;
    const command = [launch.program, ...launch.args, '--port', String(port), ...flags];
    const [program, ...args] = keptCommand(folder, { port, flags }, command);
    const child = await spawnServer({ program, args, folder, log });
    const leaveParent = launch.temporary ? endWithParent(child.pid, 'SIGTERM', folder) : () => {};
    while (!child.ended()) {
      if ((await answeringPid(port)) === child.pid) return { pid: child.pid, port, leaveParent };
      if (Date.now() - since > startTimeoutMs) {
        await endProcess(child.pid, { atOnce: true });
        leaveParent();
        throw new Error(`The server did not answer within ${startTimeoutMs} ms; see ${log}`);
      }
      await sleep(pollMs);
    }
    leaveParent();
    const said = await readFile(log, 'utf8');
    if (!passing.test(said) || Date.now() - since > passingMs) throw new Error(`The server did not start:\n${said}`);
    await sleep(4 * pollMs);
  }
}
