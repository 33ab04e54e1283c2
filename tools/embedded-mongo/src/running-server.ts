import { readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { endProcess, isAlive } from './end-process.ts';

const connectTimeoutMs = 1_000;
// A server that was there before is waited for, however busy the machine is: a second one on its folder could not start.
const knownTimeoutMs = 30_000;

/** A running server on the loopback interface. */
export interface MongoServer {
  /** Connection string, as a replica set of one member. */
  readonly url: string;
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Process id. */
  readonly pid: number;
  /** Where the server keeps its data and log. */
  readonly folder: string;
  /** True when the server was already running in the folder and is used again. */
  readonly adopted: boolean;
  /** Ends the server cleanly and waits for its end; a temporary folder is removed. */
  stop(): Promise<void>;
  /** Ends the server as a crash would (SIGKILL) and waits for its end, leaving the folder for the next start. */
  kill(): Promise<void>;
}

/** What a folder keeps of the server that runs in it. */
export interface KeptServer {
  readonly pid: number;
  readonly port: number;
  /** Everything but the port that the server was started with; one that was started otherwise is not the one asked for. */
  readonly flags: readonly string[];
}

/** Gives a running server to its user. */
export function runningServer(folder: string, { pid, port }: KeptServer, adopted: boolean): MongoServer {
  return {
    url: urlOf(port),
    port,
    pid,
    folder,
    adopted,
    stop: async () => {
      await endProcess(pid);
      await rm(keptIn(folder), { force: true });
    },
    kill: () => endProcess(pid, { atOnce: true }),
  };
}

/** Writes down which server runs in a folder. */
export async function keepServer(folder: string, server: KeptServer): Promise<void> {
  await writeFile(keptIn(folder), JSON.stringify(server));
}

/** Reads which server runs in a folder; nothing when it is no longer there or another process has its id. */
export async function readServer(folder: string): Promise<KeptServer | undefined> {
  const text = await readFile(keptIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as KeptServer;
  return isAlive(kept.pid) && (await answeringPid(kept.port, knownTimeoutMs)) === kept.pid ? kept : undefined;
}

/** Asks who answers on a port of this machine; nothing when nobody listens there, or nobody answers in so many milliseconds. */
export async function answeringPid(port: number, withinMs = connectTimeoutMs): Promise<number | undefined> {
  // The driver would try again for its whole timeout.
  if (!(await listens(port))) return undefined;
  const client = new MongoClient(urlOf(port), { serverSelectionTimeoutMS: withinMs });
  try {
    const status = await client.db('admin').command({ serverStatus: 1 });
    return Number(status.pid);
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', timeout: connectTimeoutMs });
    const answer = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}

function urlOf(port: number): string {
  return `mongodb://127.0.0.1:${port}/?replicaSet=secantus`;
}

function keptIn(folder: string): string {
  return path.join(folder, 'server.json');
}
