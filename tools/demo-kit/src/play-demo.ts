import { DemoFailed, DemoStopped } from './demo-failed.ts';
import { type FlagSurroundings, type Flags, parseFlags } from './flags.ts';
import { noteFolder } from './folder-note.ts';
import { homeFolder } from './home-folder.ts';
import { lockFolder } from './lock-folder.ts';
import { givenServer } from './open-demo-store.ts';
import { type ProgressBar, progressBar } from './progress-bar.ts';
import { watchSignals } from './watch-signals.ts';

/** What a demo needs of its process. */
export interface DemoSurroundings {
  /** The server that was given for the store, if any. */
  readonly url: string | undefined;
  /** The name under which the folder's book is kept. */
  readonly bookName: string;
  readonly bar: (total: number) => ProgressBar;
  readonly stopped: () => boolean;
  /** Milliseconds of a monotonous clock. */
  readonly now: () => number;
}

/** A demo that plays rows into a folder and reports. */
export interface DemoProgram<Row, Report> extends Pick<FlagSurroundings, 'name' | 'of' | 'concurrency' | 'switches'> {
  /** What `--help` prints. */
  readonly help: string;
  rows(): readonly Row[];
  run(rows: readonly Row[], flags: Flags, around: DemoSurroundings): Promise<Report>;
  verified(report: Report): boolean;
  json(report: Report, seconds: number): object;
  page(report: Report, options: { readonly colour: boolean; readonly seconds: number }): string;
}

/**
 * Plays a demo in its folder, which it has for itself, and prints what it reports.
 *
 * @param words - The arguments after the script.
 * @returns The exit code: 0 done, 1 not, 2 not understood, 130 and 143 stopped.
 */
export async function playDemo<Row, Report>(
  program: DemoProgram<Row, Report>,
  words: readonly string[],
): Promise<number> {
  const startedAt = performance.now();
  const rows = program.rows();
  const around = { ...program, rows: rows.length, home: homeFolder(), workingFolder: process.cwd() };
  const parsed = parseFlags(words, around);
  if (parsed.isErr()) {
    const { flag, given, allowed } = parsed.error;
    return complain(`${flag}: ${given} was given; allowed is ${allowed}. See --help.`, 2);
  }
  const flags = parsed.value;
  if (flags.help) {
    process.stdout.write(program.help);
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
    return await playIn(program, flags, rows.slice(0, flags.rows), startedAt);
  } finally {
    lock.value.release();
  }
}

async function playIn<Row, Report>(
  program: DemoProgram<Row, Report>,
  flags: Flags,
  rows: readonly Row[],
  startedAt: number,
): Promise<number> {
  const note = noteFolder(flags.folder, { of: program.of, rows: flags.rows });
  if (note.isErr()) {
    const { folder, made, asked } = note.error;
    const sentence = `${folder} was made with --${made.of} ${made.rows}, and not with --${program.of} ${asked}.`;
    return complain(`${sentence} Take another --folder, or delete it.`, 1);
  }
  const signals = watchSignals();
  try {
    const report = await program.run(rows, flags, {
      url: givenServer(flags.store),
      bookName: note.value.book,
      bar: (total) => progressBar(process.stderr, total, () => performance.now()),
      stopped: () => signals.exitCode() !== undefined,
      now: () => performance.now(),
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(
      flags.json ? `${JSON.stringify(program.json(report, seconds))}\n` : program.page(report, { colour, seconds }),
    );
    return program.verified(report) ? 0 : 1;
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
