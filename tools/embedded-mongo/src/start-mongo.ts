import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endProcess } from './end-process.ts';
import { launchServer } from './launch-server.ts';
import { type MongoServer, readServer, runningServer } from './running-server.ts';
import { serverProgram, serverVersion } from './server-program.ts';

/** How {@link startMongo} starts a server. */
export interface StartMongoOptions {
  /** Where the server keeps its data and log. A temporary folder that goes with the server when absent. */
  readonly folder?: string;
  /** TCP port on 127.0.0.1; a free one when absent. */
  readonly port?: number;
  /** Whether commits wait for the disk. On unless switched off; off only where a lost database is no loss. */
  readonly fsync?: boolean;
}

/**
 * Starts a server that speaks MongoDB's protocol, as a replica set of one member, on a loopback port: SecantusDB, which is not
 * MongoDB's own. It runs on a Python from 3.10 to 3.13, in an environment that is made on first use (see `whyNoMongo`). Its
 * `configureFailPoint` is switched on.
 *
 * A server left running in the folder by a killed process is found and used again, unless it was started otherwise or on another
 * port than the one asked for: then it is ended and started anew. The server of a temporary folder ends with the process that started
 * it, even when that one is killed. Two processes must not start on one folder at the same moment.
 */
export async function startMongo(options: StartMongoOptions = {}): Promise<MongoServer> {
  const found = await serverProgram();
  if ('missing' in found) throw new Error(`There is no server that speaks MongoDB's protocol: ${found.missing}.`);
  const folder =
    options.folder === undefined ? await mkdtemp(path.join(tmpdir(), 'holdfast-mongo-')) : path.resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const flags = await serverFlags(folder, options.fsync ?? true);
  const running = await readServer(folder);
  if (running) {
    const asked = options.port ?? running.port;
    if (asked === running.port && JSON.stringify(flags) === JSON.stringify(running.flags))
      return runningServer(folder, running, true);
    await endProcess(running.pid);
  }
  const temporary = options.folder === undefined;
  const launched = await launchServer({ ...found.found, folder, flags, port: options.port, temporary });
  const { pid, port, leaveParent } = launched;
  const server = runningServer(folder, { pid, port, flags }, false);
  if (!temporary) return server;
  return {
    ...server,
    stop: async () => {
      await server.stop();
      leaveParent();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function serverFlags(folder: string, fsync: boolean): Promise<readonly string[]> {
  // Without a file of its own the server would take the settings of the user's home.
  const settings = path.join(folder, 'settings.toml');
  await writeFile(settings, `# SecantusDB ${serverVersion}; every setting is a flag.\n`);
  return [
    ...['--config', settings, '--host', '127.0.0.1', '--storage-path', path.join(folder, 'data')],
    ...['--log-level', 'WARNING', '--enable-test-commands', ...(fsync ? ['--sync-on-commit'] : [])],
  ];
}
