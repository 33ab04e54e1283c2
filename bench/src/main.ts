import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@holdfast/embedded-server';
import { build } from 'esbuild';
import { BENCH_SETTINGS } from './server-settings.ts';

/**
 * Starts a Postgres with fsync on (or takes the one of `HOLDFAST_PG_URL`), bundles the measuring as a product would be built, and runs it:
 * the loader that runs TypeScript source as it is would cost the hot path a third of its speed.
 */
const server = process.env.HOLDFAST_PG_URL ? undefined : await startPostgres({ fsync: true, settings: BENCH_SETTINGS });
try {
  const url = process.env.HOLDFAST_PG_URL ?? (server as NonNullable<typeof server>).url;
  process.exitCode = await measure(url, process.argv.slice(2));
} finally {
  await server?.stop();
}

async function measure(url: string, flags: readonly string[]): Promise<number> {
  const outfile = fileURLToPath(new URL('../dist/measure.mjs', import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL('./measure.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['holdfast:source'],
    external: ['pg'],
    logLevel: 'warning',
  });
  const child = spawn(process.execPath, [outfile, '--url', url, ...flags], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
