import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectStripePeer } from './connect-stripe-peer.ts';
import type { StripePeer, StripePeerOptions } from './start-stripe-peer.ts';

/** A peer in a process of its own, which can be killed. */
export interface SpawnedStripePeer extends StripePeer {
  readonly pid: number;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
}

/** Starts a peer in a process of its own and waits until it listens. It ends with this process, too. */
export async function spawnStripePeer(options: Omit<StripePeerOptions, 'clock'> = {}): Promise<SpawnedStripePeer> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const flags = ['--conditions=holdfast:source', '--import', 'tsx'];
  const child = spawn(process.execPath, [...flags, main, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { url, port } = await firstLine(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const own = { host: '127.0.0.1', port, url, pid: child.pid ?? 0 };
  const control = connectStripePeer(url);
  return new Proxy({ ...own, close: () => end('SIGTERM'), kill: () => end('SIGKILL') } as SpawnedStripePeer, {
    get: (target, name) => Reflect.get(target, name) ?? Reflect.get(control, name),
  });
}

async function firstLine(child: ChildProcess): Promise<{ readonly url: string; readonly port: number }> {
  if (child.stdout === null) throw new Error('the peer has no standard output');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as { url: string; port: number }));
    child.once('exit', (code) => reject(new Error(`the peer ended with ${code} before it listened`)));
  });
}
