/**
 * Fails when a package reaches for another one that it may not know: by an import, or by its package.json.
 *
 *   node scripts/check-imports.mjs
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Who may import whom. `tests` are further packages for a package's own tests alone. */
export const direction = {
  money: { source: [], tests: [] },
  kernel: { source: ['money'], tests: [] },
  ledger: { source: ['kernel', 'money'], tests: [] },
  fees: { source: ['kernel', 'money'], tests: ['testkit'] },
  'chit-fund': { source: ['kernel', 'ledger', 'money'], tests: ['testkit'] },
  'chit-score': { source: ['money'], tests: [] },
  escrow: { source: ['fees', 'kernel', 'ledger', 'money'], tests: ['testkit'] },
  providers: { source: ['kernel', 'money'], tests: [] },
  'provider-stripe': { source: ['kernel', 'money', 'providers'], tests: ['stripe-peer', 'testkit'] },
  payouts: { source: ['kernel', 'ledger', 'money', 'providers'], tests: ['testkit'] },
  testkit: { source: ['kernel', 'ledger', 'money', 'providers'], tests: [] },
  'store-mongo': { source: ['kernel', 'money'], tests: ['testkit', 'embedded-mongo', 'server-process'] },
  'store-postgres': { source: ['kernel', 'money'], tests: ['testkit', 'embedded-server', 'server-process'] },
};

/** Lists every place where a package under `root/packages` breaks the direction; empty when all is well. */
export function checkImports(root, table = direction) {
  const packages = readPackages(root);
  const known = packages.filter(({ name }) => table[name]);
  return [
    ...packages
      .filter(({ name }) => !table[name])
      .map(({ name }) => `${name}: has no line in the direction table of scripts/check-imports.mjs`),
    ...known.flatMap((pkg) => [...checkManifest(pkg, table[pkg.name]), ...checkFiles(pkg, table[pkg.name])]),
    ...findCycles(packages),
  ];
}

function readPackages(root) {
  const folder = path.join(root, 'packages');
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(path.join(folder, name, 'package.json')))
    .map((name) => ({
      name,
      folder: path.join(folder, name),
      manifest: JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8')),
    }));
}

function checkManifest({ name, manifest }, allowed) {
  const outside = (kind, permitted) =>
    ownNames(manifest[kind])
      .filter((other) => !permitted.includes(other))
      .map((other) => `${name}/package.json: ${kind} must not name @holdfast/${other}`);
  return [
    ...outside('dependencies', allowed.source),
    ...outside('peerDependencies', allowed.source),
    ...outside('optionalDependencies', allowed.source),
    ...outside('devDependencies', [...allowed.source, ...allowed.tests]),
  ];
}

function checkFiles(pkg, allowed) {
  const manifest = pkg.manifest;
  const shipped = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const forTests = [...shipped, ...Object.keys(manifest.devDependencies ?? {}), 'vitest'];
  return ['src', 'test']
    .flatMap((part) => filesUnder(path.join(pkg.folder, part)))
    .flatMap((file) => {
      const place = path.relative(pkg.folder, file).split(path.sep).join('/');
      const isTest = place.startsWith('test/') || /\.test\.ts$/.test(place);
      const packages = isTest ? [...allowed.source, ...allowed.tests] : allowed.source;
      const say = (problem) => `${pkg.name}/${place}: ${problem}`;
      return importsOf(file).flatMap((specifier) => {
        if (specifier.startsWith('.')) return checkRelative(pkg, file, specifier, isTest).map(say);
        if (specifier.startsWith('node:')) return [];
        const [owner] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [specifier];
        const other = owner.startsWith('@holdfast/') ? owner.slice('@holdfast/'.length) : undefined;
        if (other === pkg.name) return isTest ? [] : [say(`imports its own package by name, ${specifier}`)];
        if (other !== undefined && !packages.includes(other)) return [say(`must not import ${specifier}`)];
        if (specifier.endsWith('/testing') && !isTest && !place.startsWith('src/testing/') && pkg.name !== 'testkit') {
          return [say(`imports test helpers, ${specifier}`)];
        }
        return (isTest ? forTests : shipped).includes(owner)
          ? []
          : [say(`imports ${owner}, which its package.json does not name`)];
      });
    });
}

function checkRelative(pkg, file, specifier, isTest) {
  const target = path.resolve(path.dirname(file), specifier);
  const place = path.relative(pkg.folder, target).split(path.sep).join('/');
  if (place.startsWith('..')) return [`leaves its package with ${specifier}`];
  const problems = [];
  if (!existsSync(target))
    problems.push(`imports ${specifier}, which is no file (relative imports name it with its ending)`);
  if (!isTest && /\.test\.ts$/.test(place)) problems.push(`imports a test, ${specifier}`);
  const from = path.relative(pkg.folder, file).split(path.sep).join('/');
  if (!isTest && place.startsWith('src/testing/') && !from.startsWith('src/testing/'))
    problems.push(`imports test helpers, ${specifier}`);
  return problems;
}

function findCycles(packages) {
  const edges = new Map(
    packages.map(({ name, manifest }) => [
      name,
      ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) => ownNames(manifest[kind])),
    ]),
  );
  const cycles = new Map();
  const visit = (name, trail) => {
    const start = trail.indexOf(name);
    if (start >= 0) {
      const cycle = trail.slice(start);
      const members = [...cycle].sort().join();
      if (!cycles.has(members)) cycles.set(members, `cycle: ${[...cycle, name].join(' → ')}`);
      return;
    }
    for (const next of edges.get(name) ?? []) visit(next, [...trail, name]);
  };
  for (const name of edges.keys()) visit(name, []);
  return [...cycles.values()];
}

function ownNames(dependencies = {}) {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@holdfast/'))
    .map((name) => name.slice('@holdfast/'.length));
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function importsOf(file) {
  return ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkImports(path.resolve(path.dirname(process.argv[1]), '..'));
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0
      ? 'Every import points inward.'
      : `${problems.length} imports or dependencies point the wrong way.`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
