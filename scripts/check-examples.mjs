/**
 * Compiles and runs the code that the docs show: every TypeScript block of the README files and the guides, and every
 * `examples/*.example.ts` of a package, which the reference includes.
 *
 *   node scripts/check-examples.mjs
 *
 * A block that starts a service of its own is marked ```ts compile and is only compiled. Where a line that prints has a comment behind it,
 * the comment begins with what is printed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runProgram, someAtATime } from './some-at-a-time.mjs';
import { toolEnvironment } from './tool-environment.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
// Inside a package that depends on all the others, so that the blocks may import what a user would install.
const folder = path.join(root, 'examples', 'jobsphere', '.snippets');
// For one that hangs; a busy machine takes its time.
const timeoutMs = 600_000;

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();

async function main() {
  try {
    const snippets = [...documents().flatMap(writeBlocks), ...exampleFiles()];
    if (snippets.length === 0) {
      console.error('There is no example, which cannot be right.');
      return 1;
    }
    const compiling = compile();
    const ran = await someAtATime(snippets, ({ runs, file, from }) => !runs || runOne(file, from));
    const failures = ran.filter((one) => !one).length;
    const compiled = await compiling;
    console.log(
      `${snippets.length} examples: ${compiled ? 'they compile' : 'they do not compile'}, ${failures} failed when run.`,
    );
    return compiled && failures === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Finds the TypeScript blocks of a Markdown text, with the line on which each begins. */
export function blocksOf(text) {
  const fences = /^```(\w*)[ \t]*(.*)\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(fences)]
    .filter(([, language]) => language === 'ts')
    .map(([all, , note, code]) => ({
      code,
      runs: note.trim() !== 'compile',
      line: text.slice(0, text.indexOf(all)).split('\n').length,
    }));
}

/** Finds the first comment behind a `console.log` of a block that does not begin with what was printed; nothing where all do. */
export function unsaidBy(code, printed) {
  // A locale may put a space between amount and currency that does not break, which nobody types.
  const lines = printed.split('\n').map((line) => line.replace(/\s/g, ' '));
  for (const [, comment] of code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)) {
    const found = lines.findIndex((line) => line !== '' && comment.startsWith(line));
    if (found < 0) return comment;
    lines.splice(0, found + 1);
  }
  return undefined;
}

function documents() {
  const guides = path.join(root, 'docs', 'guides');
  const packages = readdirSync(path.join(root, 'packages')).map((name) =>
    path.join(root, 'packages', name, 'README.md'),
  );
  return [
    path.join(root, 'README.md'),
    path.join(root, 'ARCHITECTURE.md'),
    ...packages,
    ...listed(guides, '.md'),
  ].filter(existsSync);
}

function writeBlocks(document) {
  mkdirSync(folder, { recursive: true });
  const name = path.relative(root, document).replaceAll(path.sep, '-').replace(/\.md$/, '').toLowerCase();
  return blocksOf(readFileSync(document, 'utf8')).map(({ code, runs, line }) => {
    const file = path.join(folder, `${name}-${line}.ts`);
    writeFileSync(file, code);
    return { file, runs, from: `${path.relative(root, document)}:${line}` };
  });
}

function exampleFiles() {
  return readdirSync(path.join(root, 'packages'))
    .flatMap((name) => listed(path.join(root, 'packages', name, 'examples'), '.example.ts'))
    .map((file) => ({ file, runs: true, from: path.relative(root, file) }));
}

function listed(place, ending) {
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(place, name));
}

async function compile() {
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.base.json',
      compilerOptions: {
        composite: false,
        emitDeclarationOnly: false,
        declaration: false,
        declarationMap: false,
        noEmit: true,
        noUnusedLocals: false,
      },
      include: ['*.ts'],
    }),
  );
  const { status, stdout } = await runProgram('tsc', ['-p', folder], { cwd: root, env: toolEnvironment(root) });
  if (status !== 0) console.error(stdout);
  return status === 0;
}

async function runOne(file, from) {
  const tsx = pathToFileURL(path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const { status, stdout, stderr } = await runProgram(
    process.execPath,
    ['--conditions=holdfast:source', '--import', tsx, file],
    { cwd: path.dirname(file), env: toolEnvironment(root), timeout: timeoutMs },
  );
  const unsaid = status === 0 ? unsaidBy(readFileSync(file, 'utf8'), stdout) : undefined;
  if (unsaid !== undefined) console.error(`${from} does not print "${unsaid}", but\n${stdout}`);
  if (status !== 0) console.error(`${from} ended with ${status}:\n${stdout}${stderr}`);
  return status === 0 && unsaid === undefined;
}
