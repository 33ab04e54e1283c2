import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleSource } from '../../../../scripts/bundle-source.mjs';

/** How a run of a demo ended. */
export interface DemoEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of a demo, as a process of its own. */
export interface DemoRun {
  readonly child: ChildProcess;
  readonly ended: Promise<DemoEnd>;
}

/** When a demo is killed: so many milliseconds after its store has a folder, so that it is met at work. */
export interface DemoKill {
  readonly folder: string;
  readonly afterMs: number;
}

/** A demo that tests run. Its output is a pipe, so no terminal; no server is given to it unless a test does. */
export interface DemoUnderTest {
  start(words: readonly string[], env?: Readonly<Record<string, string>>): DemoRun;
  run(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<DemoEnd>;
  /** Runs it and kills it at work, should it not have ended before. */
  kill(words: readonly string[], kill: DemoKill): Promise<DemoEnd>;
  /**
   * Runs it for its JSON.
   *
   * @throws Where it did not end with 0.
   */
  json(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Record<string, unknown>>;
}

/**
 * Bundles a demo once, as `npm run demo` does: many processes would each read the source for seconds.
 *
 * @param main - The demo's `src/demo/main.ts`.
 */
export async function demoUnderTest(main: URL): Promise<DemoUnderTest> {
  const source = fileURLToPath(main);
  const program = await bundleSource(source, path.resolve(source, '../../../dist/demo.mjs'));
  const start = (words: readonly string[], env: Readonly<Record<string, string>> = {}): DemoRun => {
    const { HOLDFAST_PG_URL: _, HOLDFAST_MONGO_URL: _other, ...rest } = process.env;
    const child = spawn(process.execPath, ['--enable-source-maps', program, ...words], {
      cwd: ROOT,
      env: { ...rest, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text.stdout += piece;
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      text.stderr += piece;
    });
    const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...text }) as DemoEnd);
    return { child, ended };
  };
  const run: DemoUnderTest['run'] = (words, env) => start(words, env).ended;
  return {
    start,
    run,
    kill: async (words, { folder, afterMs }) => {
      const { child, ended } = start(words);
      const over = ended.then(() => true);
      while (!existsSync(path.join(folder, 'pglite')) && !(await Promise.race([over, sleep(20, false)])));
      await Promise.race([over, sleep(afterMs)]);
      child.kill('SIGKILL');
      return ended;
    },
    json: async (words, env) => {
      const { code, stdout, stderr } = await run([...words, '--json'], env);
      if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr}`);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
  };
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

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
