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

if (flags.writer !== undefined) await writeAsOneOfTwo(flags.url as string, flags.writer, seconds);
else await bench();

async function bench(): Promise<void> {
  const url = flags.url as string;
  const say = (text: string): void => {
    process.stderr.write(`… ${text}\n`);
  };
  await dropSchemas(url);
  say('evaluate in memory');
  evaluateInMemory(50_000);
  const memory = evaluateInMemory(200_000);
  const transfers = await compareTransfers(url, seconds, say);
  say('the bare statement');
  const bare = {
    wide: await setBasedPerSecond(url, { batch: 200, spread: 'wide', seconds }),
    hot: await setBasedPerSecond(url, { batch: 200, spread: 'hot', seconds }),
  };
  say('escrow lives');
  const lives = await escrowLives(url, schemas.lives, { callers: 200, seconds });
  say('two processes');
  const two = await twoProcesses(url, seconds);
  const keys = Number(flags.grown);
  const grown =
    keys > 0 ? await growth(url, { keys, entries: keys / 4, seconds, hold: Number(flags.hold), say }) : undefined;
  await dropSchemas(url);
  const server = await readServerSettings(url);
  report({ server, memory, transfers, bare, lives, two, grown }, flags.json === true);
}
