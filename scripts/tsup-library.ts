import { defineConfig } from 'tsup';
import { buildTypes } from './build-types.mjs';

/** The one build of every published package: ESM and CJS, each with its own declarations. */
export function libraryBuild(entry: string[] = ['src/index.ts']) {
  const entries = Object.fromEntries(entry.map((file) => [file.slice('src/'.length, -'.ts'.length), file]));
  return defineConfig({
    entry: entries,
    format: ['esm', 'cjs'],
    target: 'node20',
    clean: true,
    splitting: true,
    treeshake: true,
    sourcemap: false,
    dts: false,
    onSuccess: () => buildTypes(process.cwd(), Object.keys(entries)),
  });
}
