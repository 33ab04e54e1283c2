import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleSource } from '../../../scripts/bundle-source.mjs';

/** How a run of the demo ended. */
export interface DemoEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bundled once, as `npm run demo` does: forty processes would each read the source for seconds. */
const PROGRAM = await bundleSource(
  fileURLToPath(new URL('../src/demo/main.ts', import.meta.url)),
  fileURLToPath(new URL('../dist/demo.mjs', import.meta.url)),
);

/** When a demo is killed: so many milliseconds after its store has a folder, so that it is met at work. */
export interface DemoKill {
  readonly folder: string;
  readonly afterMs: number;
}

/** Runs the demo as a process of its own, and kills it where that is asked. Its output is a pipe, so no terminal. */
export async function demo(words: readonly string[], killed?: DemoKill): Promise<DemoEnd> {
  const { HOLDFAST_PG_URL: _, HOLDFAST_MONGO_URL: _other, ...env } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM, ...words], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text.stdout += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text.stderr += piece;
  });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  if (killed) {
    const over = ended.then(() => true);
    while (!existsSync(path.join(killed.folder, 'pglite')) && !(await Promise.race([over, sleep(20)])));
    await Promise.race([over, sleep(killed.afterMs)]);
    child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  return { code, signal, ...text };
}

/** Runs the demo for its JSON. */
export async function demoJson(words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await demo([...words, '--json']);
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Gives work a folder that nobody else has, and removes it afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-crown-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
