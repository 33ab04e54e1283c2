import { defineConfig } from 'tsup';

/** The one build of every published package: ESM and CJS, each with its own declarations. */
export function libraryBuild(entry: string[] = ['src/index.ts']) {
  return defineConfig({
    entry: Object.fromEntries(entry.map((file) => [file.slice('src/'.length, -'.ts'.length), file])),
    format: ['esm', 'cjs'],
    target: 'node20',
    clean: true,
    splitting: true,
    treeshake: true,
    sourcemap: false,
    dts: { compilerOptions: { ignoreDeprecations: '6.0', composite: false, incremental: false } },
  });
}
