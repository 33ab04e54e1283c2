import pg from 'pg';
import { closedLoop } from './closed-loop.ts';
import { type FundedBook, fundedBook } from './holdfast-transfers.ts';
import { schemas } from './schemas.ts';

/** What a transfer costs on a small book and on a grown one, in microseconds, measured in turns within one run. */
export interface Growth {
  readonly keys: number;
  readonly entries: number;
  /** How long the other connection's snapshot was open when the measuring began. */
  readonly snapshotSeconds: number;
  readonly smallMicros: readonly number[];
  readonly grownMicros: readonly number[];
  /** Median of the grown over median of the small. */
  readonly ratio: number;
}

/** Grows one book by rows that were not decided here, and holds a snapshot open beside the measuring. */
export async function growth(
  url: string,
  options: {
    readonly keys: number;
    readonly entries: number;
    readonly seconds: number;
    readonly hold: number;
    readonly say: (text: string) => void;
  },
): Promise<Growth> {
  const small = await fundedBook(url, schemas.small, 'r');
  await closeAfter(small, 10_000);
  const seeded = await fundedBook(url, schemas.grown, 'r');
  await seeded.close();
  options.say(`growing a book to ${options.keys} keys and ${options.entries} entries`);
  await seed(url, options);
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  await holder.query('begin isolation level repeatable read');
  await holder.query(`select count(*) from ${schemas.grown}.batch`);
  if (options.hold > 0) options.say(`a snapshot is held open for ${options.hold} s before the measuring`);
  await new Promise((resolve) => setTimeout(resolve, options.hold * 1_000));
  const micros = { small: [] as number[], grown: [] as number[] };
  for (let turn = 0; turn < TURNS; turn++) {
    micros.small.push(await cost(url, schemas.small, `s${turn}`, options.seconds));
    micros.grown.push(await cost(url, schemas.grown, `g${turn}`, options.seconds));
  }
  await holder.query('commit');
  await holder.end();
  const ratio = Math.round((median(micros.grown) / median(micros.small)) * 1_000) / 1_000;
  return {
    keys: options.keys,
    entries: options.entries,
    snapshotSeconds: options.hold,
    smallMicros: micros.small,
    grownMicros: micros.grown,
    ratio,
  };
}

async function closeAfter(book: FundedBook, transfers: number): Promise<void> {
  for (let first = 0; first < transfers; first += 500) {
    await Promise.all(Array.from({ length: 500 }, (_, index) => book.transfer(first + index, 'wide')));
  }
  await book.close();
}

/** Microseconds a transfer with 200 callers, with random keys. */
async function cost(url: string, schema: string, run: string, seconds: number): Promise<number> {
  const { randomUUID } = await import('node:crypto');
  const book = await fundedBook(url, schema, `${run}-${randomUUID()}`);
  const { perSecond } = await closedLoop((index) => book.transfer(index, 'wide'), { callers: 200, seconds });
  await book.close();
  return Math.round(1e8 / perSecond) / 100;
}

/** Adds units with random keys, and entries between the funded accounts, in the order in which a year would have. */
async function seed(
  url: string,
  { keys, entries }: { readonly keys: number; readonly entries: number },
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set search_path to ${schemas.grown}`);
  const { rows } = await client.query('select max(sequence)::int as last, max(number)::int as number from batch');
  const { last, number } = rows[0] as { last: number; number: number };
  for (let first = 0; first < keys; first += CHUNK) {
    await client.query(SEED_UNITS, [last + first, Math.min(CHUNK, keys - first)]);
  }
  for (let first = 0; first < entries; first += CHUNK) {
    await client.query(SEED_LINES, [last + first, Math.min(CHUNK, entries - first)]);
  }
  await client.query(
    `insert into batch (book, number, sequence, digest, at, format) select book, $1, $2, digest, at, format from batch where book = 'main' and number = $3`,
    [number + 1, last + keys, number],
  );
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  await client.end();
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

const TURNS = 5;
const CHUNK = 250_000;

const SEED_UNITS = `insert into unit (book, sequence, key, key_hash, digest, bytes)
select 'main', $1::bigint + n, key, substring(sha256(convert_to(key, 'UTF8')) from 1 for 16), repeat('0', 64), bytes
from (select n, 'bench ' || gen_random_uuid() as key,
    '{"actor":{"id":"bench","role":"operator"},"balances":{},"entries":[' || repeat('x', 300) || ']}' as bytes
  from generate_series(1, $2::int) n) made`;

const SEED_LINES = `insert into line (book, account, sequence, ordinal, amount, balance)
select 'main', 'users:u' || ((n * 7919 + side * 31) % 10000) || ':available USD', $1::bigint + n, side, 0, 100000000
from generate_series(1, $2::int) n, generate_series(0, 1) side`;
