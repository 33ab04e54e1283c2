import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { createMongoStore, migrate } from '@holdfast/store-mongo';
import { MongoClient } from 'mongodb';
import type { Spread } from '../accounts.ts';
import { closedLoop, type LoopResult } from '../closed-loop.ts';
import { fundedOn, orThrow } from '../holdfast-transfers.ts';
import { incrementing, prepareIncrementing } from './incrementing-transfers.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Seconds of each measurement. */
    seconds: { type: 'string', default: '4' },
    /** Of the replica set. */
    url: { type: 'string' },
  },
});
const url = flags.url as string;
const seconds = Number(flags.seconds);
/** Of its own by name, so that it takes nothing of anybody's on a server that is given. */
const DATABASE = 'holdfast_bench';

/** More than twenty on one wallet: the seed's way then spends its time in conflicts, and few transactions end at all. */
const CALLERS: { readonly [S in Spread]: readonly number[] } = { wide: [1, 20, 200], hot: [1, 20] };

interface Row {
  readonly spread: Spread;
  readonly holdfast: LoopResult;
  readonly incrementing: LoopResult & { readonly pool: number };
  readonly ratio: number;
}

await bench();

/** Measures each pair one right after the other, so that both meet the same machine. */
async function bench(): Promise<void> {
  const server = await emptied();
  await prepareIncrementing(url, DATABASE);
  const rows: Row[] = [];
  for (const spread of ['wide', 'hot'] as const) {
    for (const callers of CALLERS[spread]) {
      process.stderr.write(`… transfers, ${spread}, ${callers} callers\n`);
      const holdfast = await runHoldfast(spread, callers);
      const best = await bestIncrementing(spread, callers);
      const ratio = Math.round((holdfast.perSecond / best.perSecond) * 100) / 100;
      rows.push({ spread, holdfast, incrementing: best, ratio });
    }
  }
  await emptied();
  report(server, rows);
}

/** Drops what an earlier run left, and says which server it is. */
async function emptied(): Promise<string> {
  const client = await MongoClient.connect(url);
  await client.db(DATABASE).dropDatabase();
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  const { setName } = await client.db('admin').command({ hello: 1 });
  await client.close();
  return `a server that calls itself ${version}, replica set ${setName}`;
}

async function runHoldfast(spread: Spread, callers: number): Promise<LoopResult> {
  const client = await MongoClient.connect(url);
  orThrow(await migrate(client, { database: DATABASE }));
  const store = createMongoStore({ client, database: DATABASE });
  const book = await fundedOn(store, `${spread}-${callers}`, () => client.close());
  const result = await closedLoop((index) => book.transfer(index, spread), { callers, seconds });
  await book.close();
  return result;
}

async function bestIncrementing(spread: Spread, callers: number): Promise<Row['incrementing']> {
  let best: Row['incrementing'] | undefined;
  for (const pool of callers === 1 ? [1] : [10, 40]) {
    const way = incrementing(url, DATABASE, pool);
    const result = { ...(await closedLoop((index) => way.transfer(index, spread), { callers, seconds })), pool };
    await way.close();
    if (!best || result.perSecond > best.perSecond) best = result;
  }
  return best as Row['incrementing'];
}

function report(server: string, rows: readonly Row[]): void {
  const list = cpus();
  const machine = `machine: ${list.length} × ${list[0]?.model ?? 'unknown'}, Node ${process.version}, ${process.platform}-${process.arch}`;
  const ratios = Object.fromEntries(
    rows.map(({ spread, holdfast, ratio }) => [`${spread}_${holdfast.callers}_to_incrementing`, ratio]),
  );
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ machine, server, transfers: rows, ratios })}\n`);
    return;
  }
  const pad = (value: string | number, width: number): string => String(value).padStart(width);
  const lines = rows.map(({ spread, holdfast, incrementing: other, ratio }) =>
    [
      spread.padEnd(6),
      pad(holdfast.callers, 8),
      ...[holdfast.perSecond, holdfast.p50, holdfast.p99].map((value) => pad(value, 10)),
      pad(`${other.perSecond} (${other.pool})`, 16),
      ...[other.p50, other.p99, other.failed, ratio].map((value) => pad(value, 9)),
    ].join(' '),
  );
  const head =
    'a second  callers   holdfast     p50 ms     p99 ms   $inc way (pool)    p50 ms    p99 ms   gave up    ratio';
  process.stdout.write(`${[machine, `server: ${server}`, '', head, ...lines].join('\n')}\n`);
}
