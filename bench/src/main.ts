import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BENCH_SETTINGS } from './server-settings.ts';

/** A running server, given by its address or started for the bench. */
interface BenchServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What can be measured: a program, and the server that it runs on. */
const SUBJECTS: { readonly [name: string]: { readonly program: string; server(): Promise<BenchServer> } } = {
  postgres: { program: 'measure.ts', server: postgres },
  mongo: { program: 'mongo/measure.ts', server: mongo },
};

const [first = '', ...rest] = process.argv.slice(2);
const [name, flags] = first === '' || first.startsWith('-') ? ['postgres', process.argv.slice(2)] : [first, rest];
const subject = SUBJECTS[name];
if (subject) {
  const server = await subject.server();
  try {
    process.exitCode = await measure(subject.program, server.url, flags);
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

/**
 * Bundles the measuring as a product would be built, and runs it: the loader that runs TypeScript source as it is would cost the hot path a
 * third of its speed.
 */
async function measure(program: string, url: string, words: readonly string[]): Promise<number> {
  const outfile = fileURLToPath(new URL(`../dist/${program.replace(/\.ts$/, '.mjs')}`, import.meta.url));
  await build({
    entryPoints: [path.join(path.dirname(fileURLToPath(import.meta.url)), program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['holdfast:source'],
    external: ['pg', 'mongodb'],
    logLevel: 'warning',
  });
  const child = spawn(process.execPath, [outfile, '--url', url, ...words], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
