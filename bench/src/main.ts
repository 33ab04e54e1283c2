import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BENCH_SETTINGS } from './server-settings.ts';

/** A running server, given by its address or started for the bench. */
interface BenchServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What can be measured: a program, the server that it runs on, and further words for it. */
interface Subject {
  readonly program: string;
  server(): Promise<BenchServer>;
  words?(): Promise<readonly string[]>;
}

const SUBJECTS: { readonly [name: string]: Subject } = {
  postgres: { program: 'measure.ts', server: postgres },
  mongo: { program: 'mongo/measure.ts', server: mongo },
  'chit-portal': { program: 'chit-portal/measure.ts', server: postgres, words: bundlePortal },
};

const [first = '', ...rest] = process.argv.slice(2);
const [name, flags] = first === '' || first.startsWith('-') ? ['postgres', process.argv.slice(2)] : [first, rest];
const subject = SUBJECTS[name];
if (subject) {
  const server = await subject.server();
  try {
    const further = (await subject.words?.()) ?? [];
    process.exitCode = await measure(subject.program, server.url, [...further, ...flags]);
  } finally {
    await server.stop();
  }
} else {
  console.error(`There is no bench of ${JSON.stringify(name)}; there are ${Object.keys(SUBJECTS).join(', ')}.`);
  process.exitCode = 2;
}

/** The Postgres of `HOLDFAST_PG_URL`, else one from npm with fsync on. */
async function postgres(): Promise<BenchServer> {
  if (process.env.HOLDFAST_PG_URL) return { url: process.env.HOLDFAST_PG_URL, stop: async () => {} };
  const { startPostgres } = await import('@holdfast/embedded-server');
  return startPostgres({ fsync: true, settings: BENCH_SETTINGS });
}

/** The replica set of `HOLDFAST_MONGO_URL`, else SecantusDB with its commits on disk. */
async function mongo(): Promise<BenchServer> {
  if (process.env.HOLDFAST_MONGO_URL) return { url: process.env.HOLDFAST_MONGO_URL, stop: async () => {} };
  const { startMongo } = await import('@holdfast/embedded-mongo');
  return startMongo();
}

/** Bundles the portal as its own process. It lies in the example, where the packages from outside are found that the portal stands on. */
async function bundlePortal(): Promise<readonly string[]> {
  const example = fileURLToPath(new URL('../../examples/chit-portal/', import.meta.url));
  const { dependencies } = JSON.parse(await readFile(path.join(example, 'package.json'), 'utf8'));
  const external = Object.keys(dependencies).filter((name) => !name.startsWith('@holdfast/'));
  // Two folders deep, as the source is that looks for the page's files beside it.
  const outfile = path.join(example, 'dist', 'bench', 'portal-process.mjs');
  await bundle('chit-portal/portal-process.ts', { outfile, external });
  return ['--portal', outfile];
}

/** Bundles the measuring as a product would be built, and runs it. */
async function measure(program: string, url: string, words: readonly string[]): Promise<number> {
  const outfile = fileURLToPath(new URL(`../dist/${program.replace(/\.ts$/, '.mjs')}`, import.meta.url));
  await bundle(program, { outfile, external: ['pg', 'mongodb', 'undici'] });
  const child = spawn(process.execPath, [outfile, '--url', url, ...words], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Makes one file of a program: the loader that runs TypeScript source as it is would cost the hot path a third of its speed. */
async function bundle(
  program: string,
  { outfile, external }: { readonly outfile: string; readonly external: readonly string[] },
): Promise<void> {
  await build({
    entryPoints: [path.join(path.dirname(fileURLToPath(import.meta.url)), program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['holdfast:source'],
    external: [...external],
    logLevel: 'warning',
  });
}
