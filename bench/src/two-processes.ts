import { spawn } from 'node:child_process';
import { closedLoop, type LoopResult } from './closed-loop.ts';
import { fundedBook } from './holdfast-transfers.ts';
import { schemas } from './schemas.ts';

/** Two processes of 100 callers each write one book at once. */
export async function twoProcesses(
  url: string,
  seconds: number,
): Promise<{ readonly perSecond: number; readonly each: readonly LoopResult[]; readonly misses: number }> {
  const first = await fundedBook(url, schemas.two, 'first');
  await first.close();
  const each = await Promise.all(['a', 'b'].map((run) => spawnWriter(url, run, seconds)));
  return {
    perSecond: each.reduce((sum, { perSecond }) => sum + perSecond, 0),
    each,
    misses: each.reduce((sum, { misses }) => sum + misses, 0),
  };
}

/** The work of one of the processes: prints its result as a line of JSON. */
export async function writeAsOneOfTwo(url: string, run: string, seconds: number): Promise<void> {
  const { book, transfer, close } = await fundedBook(url, schemas.two, run);
  const result = await closedLoop((index) => transfer(index, 'wide'), { callers: 100, seconds });
  const { misses } = book.metrics();
  await close();
  process.stdout.write(`${JSON.stringify({ ...result, misses })}\n`);
}

function spawnWriter(url: string, run: string, seconds: number): Promise<LoopResult & { readonly misses: number }> {
  const args = [
    ...process.execArgv,
    process.argv[1] as string,
    '--writer',
    run,
    '--url',
    url,
    '--seconds',
    `${seconds}`,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`a writer ended with ${code}`)),
    );
  });
}
