import { parseArgs } from 'node:util';
import { compareTransfers } from './compare-transfers.ts';
import { escrowLives } from './escrow-lives.ts';
import { evaluateInMemory } from './evaluate-in-memory.ts';
import { growth } from './growth.ts';
import { report } from './report.ts';
import { dropSchemas, schemas } from './schemas.ts';
import { readServerSettings } from './server-settings.ts';
import { setBasedPerSecond } from './set-based-transfers.ts';
import { twoProcesses, writeAsOneOfTwo } from './two-processes.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Seconds of each measurement. */
    seconds: { type: 'string', default: '4' },
    /** Only these parts, with commas between: memory, transfers, bare, lives, two, growth. */
    only: { type: 'string', default: '' },
    /** Keys of the grown book; entries are a quarter of it. 0 leaves the growth out. */
    grown: { type: 'string', default: '4000000' },
    /** Seconds that a snapshot is held open before the growth is measured. */
    hold: { type: 'string', default: '0' },
    /** One of the two processes that write one book. */
    writer: { type: 'string' },
    /** Of the database. */
    url: { type: 'string' },
  },
});
const seconds = Number(flags.seconds);
const PARTS: readonly string[] = ['memory', 'transfers', 'bare', 'lives', 'two', 'growth'];

if (flags.writer !== undefined) await writeAsOneOfTwo(flags.url as string, flags.writer, seconds);
else await bench();

async function bench(): Promise<void> {
  const url = flags.url as string;
  const say = (text: string): void => {
    process.stderr.write(`… ${text}\n`);
  };
  await dropSchemas(url);
  const parts = flags.only === '' ? PARTS : flags.only.split(',');
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new RangeError(`--only ${unknown}: there are ${PARTS.join(', ')}`);
  const part = async <T>(name: string, work: () => Promise<T> | T): Promise<T | undefined> => {
    if (!parts.includes(name)) return undefined;
    say(name);
    return work();
  };
  const keys = Number(flags.grown);
  const measured = {
    server: await readServerSettings(url),
    memory: await part('memory', () => {
      evaluateInMemory(50_000);
      return evaluateInMemory(200_000);
    }),
    transfers: await part('transfers', () => compareTransfers(url, seconds, say)),
    bare: await part('bare', async () => ({
      wide: await setBasedPerSecond(url, { batch: 200, spread: 'wide', seconds }),
      hot: await setBasedPerSecond(url, { batch: 200, spread: 'hot', seconds }),
    })),
    lives: await part('lives', () => escrowLives(url, schemas.lives, { callers: 200, seconds })),
    two: await part('two', () => twoProcesses(url, seconds)),
    grown: await part('growth', () =>
      keys === 0 ? undefined : growth(url, { keys, entries: keys / 4, seconds, hold: Number(flags.hold), say }),
    ),
  };
  await dropSchemas(url);
  report(measured, flags.json === true);
}
