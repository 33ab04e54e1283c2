import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a run of the demo ended. */
export interface DemoEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the demo as a process of its own, and kills it after so many milliseconds where they are given. Its output is a pipe, so no terminal. */
export async function demo(words: readonly string[], killAfterMs?: number): Promise<DemoEnd> {
  const main = fileURLToPath(new URL('../src/demo/main.ts', import.meta.url));
  const flags = ['--conditions=holdfast:source', '--import', 'tsx', main, ...words];
  const { HOLDFAST_PG_URL: _, HOLDFAST_MONGO_URL: _other, ...env } = process.env;
  const child = spawn(process.execPath, flags, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text.stdout += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text.stderr += piece;
  });
  const kill = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(kill);
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
