/**
 * Checks what users get: packs every built package, lints the tarballs, installs them into a CommonJS and an ES module consumer, and
 * runs and compiles a small program in each.
 *
 *   node scripts/check-packages.mjs
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { runProgram, someAtATime } from './some-at-a-time.mjs';
import { toolEnvironment } from './tool-environment.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const consumers = path.join(root, 'scripts', 'consumers');

process.exitCode = await main();

async function main() {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-packages-'));
  try {
    const packed = await packAll(folder);
    const problems = [
      ...packed.flatMap(checkContent),
      ...(await Promise.all(packed.map(lint))).flat(),
      ...(await someAtATime(packed, checkTypes)).flat(),
      ...(await someAtATime(readdirSync(consumers), (name) => consume(name, packed, path.join(folder, name)))).flat(),
    ];
    for (const problem of problems) console.error(problem);
    console.log(
      problems.length === 0
        ? `${packed.length} packages can be installed and used.`
        : `${problems.length} problems in the packages.`,
    );
    return problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packAll(folder) {
  return someAtATime(readdirSync(path.join(root, 'packages')).sort(), async (name) => {
    const source = path.join(root, 'packages', name);
    const said = await run('pnpm', ['pack', '--json', '--pack-destination', folder], source);
    const { filename } = JSON.parse(said);
    const tarball = path.resolve(source, filename);
    const unpacked = path.join(folder, 'unpacked', name);
    mkdirSync(unpacked, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], folder);
    const manifest = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8'));
    const files = readdirSync(unpacked, { recursive: true }).map((file) => file.split(path.sep).join('/'));
    return { name, tarball, manifest, files };
  });
}

/** Whatever must not be published: source conditions, workspace versions, tests. */
function checkContent({ name, manifest, files }) {
  const text = JSON.stringify(manifest);
  const problems = [];
  if (text.includes('holdfast:source')) problems.push('the packed package.json still names holdfast:source');
  if (/"(workspace|catalog):/.test(text))
    problems.push('the packed package.json still names a workspace or catalog version');
  for (const wanted of ['README.md', 'LICENSE']) if (!files.includes(wanted)) problems.push(`${wanted} is missing`);
  for (const file of files)
    if (/\.test\.|(^|\/)src\//.test(file)) problems.push(`${file} does not belong in the package`);
  return problems.map((problem) => `${name}: ${problem}`);
}

async function lint({ name, tarball, manifest }) {
  const { messages } = await publint({ pack: { tarball: readFileSync(tarball) }, level: 'suggestion', strict: true });
  return messages.map((message) => `${name}: publint: ${formatMessage(message, manifest, { color: false })}`);
}

async function checkTypes({ name, tarball }) {
  // Node 10 resolution knows no exports map, and no Node that runs this needs it.
  const result = await spawn(
    'attw',
    [tarball, '--profile', 'node16', '--no-color', '--no-emoji', '--format', 'ascii'],
    root,
  );
  return result.status === 0 ? [] : [`${name}: arethetypeswrong:\n${result.stdout}${result.stderr}`];
}

/** Installs the tarballs into a copy of a consumer and runs its `check` script. */
async function consume(name, packed, folder) {
  cpSync(path.join(consumers, name), folder, { recursive: true });
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const tarballs = Object.fromEntries(packed.map((pkg) => [pkg.manifest.name, `file:${pkg.tarball}`]));
  const entries = packed.flatMap((pkg) =>
    Object.keys(pkg.manifest.exports).map((entry) => pkg.manifest.name + entry.slice(1)),
  );
  writeFileSync(file, JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, ...tarballs } }));
  writeFileSync(path.join(folder, 'entries.json'), JSON.stringify(entries));
  const installed = await spawn(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'],
    folder,
  );
  if (installed.status !== 0) return [`${name}: the installation failed:\n${installed.stdout}${installed.stderr}`];
  const checked = await spawn('npm', ['run', '--silent', 'check'], folder);
  return checked.status === 0 ? [] : [`${name}: its program failed:\n${checked.stdout}${checked.stderr}`];
}

async function run(command, args, cwd) {
  const { status, stdout, stderr } = await spawn(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function spawn(command, args, cwd) {
  return runProgram(command, args, { cwd, env: toolEnvironment(root) });
}
