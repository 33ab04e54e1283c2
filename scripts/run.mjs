/**
 * Runs the demo, the tests or the bench on a fresh clone, installing what is needed first. Uses nothing but Node.
 *
 *   node scripts/run.mjs demo [example] [flags]    the example's demo: `jobsphere` (when none is named), `crownstandard` or `chit`
 *   node scripts/run.mjs test [vitest flags]       every test, on a real Postgres
 *   node scripts/run.mjs bench [flags]             the speed, beside what most teams would write
 *   node scripts/run.mjs setup                     only the installation
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleSource } from './bundle-source.mjs';
import { installWhenNeeded } from './install.mjs';
import { whenNpmEnds } from './npm-process.mjs';
import { reportTests } from './report-tests.mjs';
import { toolEnvironment } from './tool-environment.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modes = { demo: runDemo, test: runTests, bench: runBench, setup: async () => 0 };

process.exitCode = await main(process.argv.slice(2));

async function main([mode, ...args]) {
  const run = modes[mode];
  if (!run) {
    console.error(`Unknown mode ${JSON.stringify(mode)}; there are ${Object.keys(modes).join(', ')}.`);
    return 2;
  }
  const installed = await installWhenNeeded(root);
  return installed === 0 ? run(args) : installed;
}

async function runDemo(args) {
  const [name = 'jobsphere', flags] =
    args[0] && !args[0].startsWith('-') ? [args[0], args.slice(1)] : [undefined, args];
  const example = exampleOf(name);
  const main = path.join(root, 'examples', example, 'src', 'demo', 'main.ts');
  if (!existsSync(main)) {
    console.error(`There is no demo of ${JSON.stringify(name)}: ${main} does not exist.`);
    return 2;
  }
  const bundle = await bundleSource(main, path.join(root, 'examples', example, 'dist', 'demo.mjs'));
  return runLeashed(['--enable-source-maps', bundle, ...flags]);
}

/** A demo is named as its example is, or by the words with which that name begins: `chit` for `chit-portal`. */
function exampleOf(name) {
  const examples = readdirSync(path.join(root, 'examples')).filter((one) => one.startsWith(`${name}-`));
  return examples.length === 1 && !existsSync(path.join(root, 'examples', name)) ? examples[0] : name;
}

function runBench(args) {
  const tsx = pathToFileURL(path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const main = path.join(root, 'bench', 'src', 'main.ts');
  return runLeashed(['--conditions=holdfast:source', '--import', tsx, main, ...args]);
}

async function runTests(args) {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-test-report-'));
  const report = path.join(folder, 'report.json');
  const notes = path.join(folder, 'notes.json');
  try {
    const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['default', 'json', path.join(root, 'scripts', 'test-notes-reporter.mjs')];
    const flags = [
      ...reporters.map((name) => `--reporter=${name}`),
      `--outputFile.json=${report}`,
      '--allowOnly=false',
    ];
    const code = await runNode([vitest, 'run', `--root=${root}`, ...flags, ...args], { HOLDFAST_TEST_NOTES: notes });
    return await reportTests({ report, notes, code, filtered: args.length > 0 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program that ends when this one is killed. */
function runLeashed(args) {
  const leash = pathToFileURL(path.join(root, 'scripts', 'end-with-parent.mjs')).href;
  return runNode(['--import', leash, ...args], {}, true);
}

/** Runs Node with the same terminal, hands it the signals that come here and gives back its exit code. */
function runNode(args, extra, leashed = false) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(leashed ? ['ipc'] : [])];
  const child = spawn(process.execPath, args, { env: { ...toolEnvironment(root), ...extra }, stdio });
  const stopForwarding = forwardSignals(child);
  const stopWatching = whenNpmEnds(() => child.kill(leashed ? 'SIGKILL' : 'SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      stopForwarding();
      stopWatching();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function forwardSignals(child) {
  const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    let lastAt = Number.NEGATIVE_INFINITY;
    const listener = () => {
      // Ctrl-C comes twice, from the terminal and from npm; the child hears it from the terminal too and may count.
      if (performance.now() - lastAt > 1000) child.kill(signal);
      lastAt = performance.now();
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}
