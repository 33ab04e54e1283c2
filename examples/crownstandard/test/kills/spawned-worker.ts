import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { WorkerStart, WorkerWord } from './worker-process.ts';

/** A worker in a process of its own. */
export interface SpawnedWorker {
  /** Has it open its store and begin; ends when it works. */
  start(options: WorkerStart): Promise<void>;
  /** Moves its clock on. */
  pass(ms: number): void;
  /** Ends it at once, as a crash does. */
  kill(): void;
  /** Lets it finish what it is at. */
  stop(): Promise<void>;
  /** Fulfilled when it begins with its first payout, if it ever does. */
  readonly paying: Promise<void>;
  /** How it ended, once it has. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
}

/** Starts a worker that has loaded its program and waits. It ends with this process, too: its standard input closes. */
export function spawnWorker(program: string): SpawnedWorker {
  const child = spawn(process.execPath, ['--enable-source-maps', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  child.stdin.on('error', () => {
    // It was killed; the exit tells.
  });
  const lines = createInterface({ input: child.stdout });
  const heard = (wanted: string): Promise<void> =>
    new Promise((resolve) => lines.on('line', (line) => void (line === wanted && resolve())));
  const [warm, ready, paying] = [heard('warm'), heard('ready'), heard('paying')];
  const say = (word: WorkerWord): void => void child.stdin.write(`${JSON.stringify(word)}\n`);
  return {
    start: async (options) => {
      await Promise.race([warm, ended]);
      say({ start: options });
      // One that is aimed at its first steps may be dead before it says so.
      await Promise.race([ready, ended]);
    },
    pass: (ms) => say({ passMs: ms }),
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      if (isOver(child)) return;
      say({ stop: true });
      child.stdin.end();
      await ended;
    },
    paying,
    ended,
  };
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
