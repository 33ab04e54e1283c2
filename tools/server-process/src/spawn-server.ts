import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';

/** How a server is started. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder in which it runs. */
  readonly folder: string;
  /** The file that takes all it prints; made anew. */
  readonly log: string;
  /** As whom it runs, where it must not run as this process does. */
  readonly user?: { readonly uid?: number; readonly gid?: number };
}

/** A server that was started; whether it answers yet is another question. */
export interface SpawnedServer {
  readonly pid: number;
  readonly ended: () => boolean;
}

/**
 * Starts a server. Its log is a file and its session its own, so that neither a closed pipe nor Ctrl-C ends it before its clients.
 *
 * @throws Where the program cannot be started.
 */
export async function spawnServer({ program, args, folder, log, user }: ServerCommand): Promise<SpawnedServer> {
  const file = await open(log, 'w', 0o600);
  try {
    const child = spawn(program, args, { ...user, cwd: folder, detached: true, stdio: ['ignore', file.fd, file.fd] });
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
    await file.close();
  }
}
