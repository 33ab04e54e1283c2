import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSource } from '../../../scripts/bundle-source.mjs';

/** How a run of the demo ended. */
export interface DemoEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the demo, as a process of its own. */
export interface DemoRun {
  readonly child: ChildProcess;
  readonly ended: Promise<DemoEnd>;
}

/** Bundled once, as `npm run demo` does: forty processes would each read the source for seconds. */
const PROGRAM = await bundleSource(
  fileURLToPath(new URL('../src/demo/main.ts', import.meta.url)),
  fileURLToPath(new URL('../dist/demo.mjs', import.meta.url)),
);

/** Starts the demo. Its output is a pipe, so no terminal. */
export function startDemo(words: readonly string[], env: Readonly<Record<string, string>> = {}): DemoRun {
  const { HOLDFAST_PG_URL: _, HOLDFAST_MONGO_URL: _other, ...rest } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM, ...words], {
    cwd: ROOT,
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text.stdout += piece;
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text.stderr += piece;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...text }) as DemoEnd);
  return { child, ended };
}

/** Runs the demo to its end. */
export function demo(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<DemoEnd> {
  return startDemo(words, env).ended;
}

/** Runs the demo for its JSON. */
export async function demoJson(
  words: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await demo([...words, '--json'], env);
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Gives work a folder that nobody else has, and removes it afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-demo-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The clone's folder. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url));
