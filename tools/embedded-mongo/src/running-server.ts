import { readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { endProcess, isAlive } from './end-process.ts';

const connectTimeoutMs = 1_000;
// A server that was there before is waited for, however busy the machine is: a second one on its folder could not start.
const knownTimeoutMs = 30_000;
const pollMs = 50;

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

/**
 * Gives the command line of a server that first writes down which server runs in the folder, and then is that server: from its first moment on the
 * next process finds it, whatever becomes of this one.
 */
export function keptCommand(
  folder: string,
  { port, flags }: Omit<KeptServer, 'pid'>,
  command: readonly string[],
): readonly [program: string, ...args: string[]] {
  const rest = JSON.stringify({ port, flags }).slice(1);
  return ['/bin/sh', '-c', KEEP, keptIn(folder), rest, ...command];
}

/** Reads which server runs in a folder, waiting for one that was only just started; nothing when it is no longer there or another process has its id. */
export async function readServer(folder: string): Promise<KeptServer | undefined> {
  const text = await readFile(keptIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as KeptServer;
  const since = performance.now();
  while (isAlive(kept.pid)) {
    const answering = await answeringPid(kept.port, knownTimeoutMs);
    if (answering === kept.pid) return kept;
    if (answering !== undefined || performance.now() - since > knownTimeoutMs) return undefined;
    await sleep(pollMs);
  }
  return undefined;
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

/** The process keeps its id when it becomes the server. A file that is moved into place is there whole or not at all. */
const KEEP = 'printf \'{"pid":%d,%s\' "$$" "$1" > "$0.draft" && mv "$0.draft" "$0" && shift && exec "$@"';
