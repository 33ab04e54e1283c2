/**
 * Fails when a package grows past its budget: its own code, minified and gzipped, as a bundler would add it to an application.
 *
 *   node scripts/check-size.mjs
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

process.exitCode = await main(JSON.parse(readFileSync(path.join(root, 'scripts', 'size-budget.json'), 'utf8')));

async function main(budgets) {
  let over = 0;
  for (const name of readdirSync(path.join(root, 'packages')).sort()) {
    const budget = budgets[name];
    const size = await sizeOf(path.join(root, 'packages', name, 'dist', 'index.js'));
    const fits = budget !== undefined && size <= budget;
    if (!fits) over += 1;
    console.log(
      `${fits ? 'fits' : 'OVER'}  ${name.padEnd(16)} ${String(size).padStart(7)} of ${budget ?? 'no budget'} bytes`,
    );
  }
  return over === 0 ? 0 : 1;
}

async function sizeOf(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
