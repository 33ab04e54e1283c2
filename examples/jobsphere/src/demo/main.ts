import {
  DemoFailed,
  DemoStopped,
  type Flags,
  givenServer,
  homeFolder,
  lockFolder,
  noteFolder,
  parseFlags,
  progressBar,
  watchSignals,
} from '@holdfast/demo-kit';
import { HELP } from './help.ts';
import { drawPage } from './page.ts';
import { readTrips, type Trip } from './read-trips.ts';
import { reportJson } from './report-json.ts';
import { runDemo } from './run-demo.ts';

const startedAt = performance.now();
process.exitCode = await main(process.argv.slice(2));

/** Runs the demo and gives the exit code: 0 done, 1 not, 2 not understood, 130 and 143 stopped. */
async function main(words: readonly string[]): Promise<number> {
  const trips = readTrips(new URL('../../data/trips.csv', import.meta.url));
  const parsed = parseFlags(words, {
    rows: trips.length,
    home: homeFolder(),
    workingFolder: process.cwd(),
    name: 'demo',
    concurrency: 2_000,
  });
  if (parsed.isErr()) {
    const { flag, given, allowed } = parsed.error;
    return complain(`${flag}: ${given} was given; allowed is ${allowed}. See --help.`, 2);
  }
  const flags = parsed.value;
  if (flags.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const lock = lockFolder(flags.folder);
  if (lock.isErr()) {
    const { pid, host } = lock.error.holder;
    return complain(
      `${flags.folder} is in use by process ${pid} on ${host}. Wait for it, or take another --folder.`,
      1,
    );
  }
  if (lock.value.takenOver) process.stderr.write('A run before this one was killed; its folder is taken over.\n');
  try {
    return await runIn(flags, trips.slice(0, flags.trips));
  } finally {
    lock.value.release();
  }
}

async function runIn(flags: Flags, trips: readonly Trip[]): Promise<number> {
  const note = noteFolder(flags.folder, flags);
  if (note.isErr()) {
    const { folder, made, asked } = note.error;
    const sentence = `${folder} was made with --trips ${made.trips}, and not with --trips ${asked}.`;
    return complain(`${sentence} Take another --folder, or delete it.`, 1);
  }
  const signals = watchSignals();
  try {
    const report = await runDemo(trips, flags, {
      url: givenServer(flags.store),
      bookName: note.value.book,
      bar: (total) => progressBar(process.stderr, total, () => performance.now()),
      stopped: () => signals.exitCode() !== undefined,
      now: () => performance.now(),
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(
      flags.json ? `${JSON.stringify(reportJson(report, seconds))}\n` : drawPage(report, { colour, seconds }),
    );
    return report.verification.verified ? 0 : 1;
  } catch (error) {
    if (error instanceof DemoStopped) {
      return complain(
        `Stopped: ${error.message}. Run it again on the same folder, and it goes on.`,
        signals.exitCode() ?? 1,
      );
    }
    if (error instanceof DemoFailed) return complain(`The demo failed: ${error.message}`, 1);
    throw error;
  } finally {
    signals.end();
  }
}

function complain(sentence: string, exitCode: number): number {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}
