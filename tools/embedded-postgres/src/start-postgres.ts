import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { endWithParent } from '@holdfast/server-process';
import { adoptServer } from './adopt-server.ts';
import { binariesFor } from './binaries.ts';
import { initialiseData } from './initialise-data.ts';
import { launchServer } from './launch-server.ts';
import { prepareFolder, readSecret } from './server-folder.ts';
import { serverUser } from './server-user.ts';
import { killServer, stopServer } from './stop-server.ts';

/** How {@link startPostgres} starts a server. */
export interface StartPostgresOptions {
  /** Where the server keeps its data and log. A temporary folder that goes with the server when absent. */
  readonly folder?: string;
  /** Whether commits wait for the disk. On unless switched off; off only where a lost database is no loss. */
  readonly fsync?: boolean;
  /** Further settings of the server by their Postgres name, for example `{ max_connections: '400' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running Postgres server on the loopback interface. */
export interface PostgresServer {
  /** Connection string of the maintenance database `postgres`, as its superuser. */
  readonly url: string;
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** The data directory. Not always inside the folder asked for: see {@link startPostgres}. */
  readonly dataFolder: string;
  /** True when the server was already running in the folder and is used again. */
  readonly adopted: boolean;
  /** Ends the server cleanly and waits for its end; a temporary folder is removed. */
  stop(): Promise<void>;
  /** Ends the server as a crash would (SIGKILL), leaving the folder for the next start. */
  kill(): Promise<void>;
}

/**
 * Starts a Postgres server that came from npm, on a free loopback port.
 *
 * A server left running in the folder by a killed process is found by its `postmaster.pid` and used again, unless its settings
 * differ from those asked for: then it is ended and started anew. The server of a temporary folder ends with the process that
 * started it, even when that one is killed. Two processes must not start on one folder at the same moment.
 *
 * Postgres refuses to run as root, so under root it runs as `postgres` or `nobody`. Where that user cannot reach the folder, or the
 * binaries under `node_modules`, the data or a copy of the binaries live in a temporary place; nothing of the host changes its mode.
 */
export async function startPostgres(options: StartPostgresOptions = {}): Promise<PostgresServer> {
  const user = serverUser();
  const folder = await prepareFolder(options.folder, user);
  const settings = serverSettings(options);
  const secret = await readSecret(folder, () => randomBytes(18).toString('base64url'));
  const adopted = await adoptServer(folder, secret, settings);
  const running = adopted ?? (await freshServer());
  const leaveParent = options.folder === undefined ? endWithParent(running.pid, 'SIGINT', folder.root) : () => {};

  return {
    ...running,
    dataFolder: folder.data,
    adopted: adopted !== undefined,
    url: `postgres://postgres:${secret}@127.0.0.1:${running.port}/postgres`,
    stop: async () => {
      await stopServer(running.pid, folder);
      leaveParent();
      if (options.folder === undefined) await rm(folder.root, { recursive: true, force: true });
    },
    kill: () => killServer(running.pid),
  };

  async function freshServer() {
    const binaries = await binariesFor(user, path.join(folder.place, 'binaries'));
    await mkdir(folder.place, { recursive: true });
    await initialiseData({ binaries, folder, user, secret, sync: options.fsync ?? true });
    return launchServer({ binaries, folder, user, settings });
  }
}

function serverSettings({ fsync = true, settings = {} }: StartPostgresOptions): Readonly<Record<string, string>> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    ...settings,
  };
}
