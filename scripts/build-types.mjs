import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

/**
 * Bundles the declarations of a package, for ES modules and for CommonJS, out of those that `tsc -b` has written: a program of its own for each package
 * took six times as long as all the rest of a build.
 *
 * @param folder - Of the package.
 * @param entries - The names of its entries, as they are under `src` and under `dist`.
 */
export async function buildTypes(folder, entries) {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-b', folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`The types of ${folder} have mistakes.`);
  const written = path.join(folder, '.tsc', 'src');
  const input = Object.fromEntries(entries.map((name) => [name, path.join(written, `${name}.d.ts`)]));
  const bundle = await rollup({ input, plugins: [findDeclarations(), dts()], onwarn: refuse });
  for (const kind of ['', 'c']) {
    await bundle.write({
      dir: path.join(folder, 'dist'),
      format: 'es',
      entryFileNames: `[name].d.${kind}ts`,
      chunkFileNames: `types-[hash].d.${kind}ts`,
      plugins: [{ name: 'name-modules', renderChunk: (code) => nameModules(code, kind) }],
    });
  }
  await bundle.close();
}

/** The sources name each other with `.ts`; whatever is not relative is another package. */
function findDeclarations() {
  return {
    name: 'find-declarations',
    resolveId(name, importer) {
      if (importer === undefined) return null;
      if (!name.startsWith('.')) return { id: name, external: true };
      return path.resolve(path.dirname(importer), name.replace(/\.ts$/, '.d.ts'));
    },
  };
}

/** An import in a declaration names the module, not its declaration; the maps of single files are no longer of any use. */
function nameModules(code, kind) {
  return code
    .replace(/(['"])(\.{1,2}\/[^'"]+)\.d\.c?ts\1/g, `$1$2.${kind}js$1`)
    .replace(/^\/\/# sourceMappingURL=.*$\n?/gm, '');
}

function refuse(warning) {
  // A program that is run exports nothing.
  if (warning.code !== 'EMPTY_BUNDLE') throw new Error(warning.message);
}
