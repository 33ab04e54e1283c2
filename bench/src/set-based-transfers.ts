import pg from 'pg';
import { ACCOUNTS, pairOf, type Spread } from './accounts.ts';
import { schemas } from './schemas.ts';

/**
 * Transfers as one bare statement a batch: it inserts the transfers and adds up what every account gains and loses. No key, no record, no
 * event, no digest, no chain and no balance after each line: what is left of a ledger when all that makes it one is gone.
 */
export async function setBasedPerSecond(
  url: string,
  { batch, spread, seconds }: { readonly batch: number; readonly spread: Spread; readonly seconds: number },
): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await prepare(client);
    const from = performance.now() + seconds * 250;
    const until = from + seconds * 1_000;
    let done = 0;
    for (let first = 0; performance.now() < until; first += batch) {
      const pairs = Array.from({ length: batch }, (_, index) => pairOf(first + index, spread));
      const start = performance.now();
      await client.query({
        name: 'set',
        text: TRANSFER,
        values: [pairs.map(([source]) => source), pairs.map(([, target]) => target)],
      });
      if (start >= from && performance.now() <= until) done += batch;
    }
    return Math.round(done / seconds);
  } finally {
    await client.end();
  }
}

async function prepare(client: pg.Client): Promise<void> {
  await client.query(`drop schema if exists ${schemas.bare} cascade`);
  await client.query(`create schema ${schemas.bare}`);
  await client.query(`create table ${schemas.bare}.account (id integer primary key, balance numeric not null)`);
  await client.query(
    `create table ${schemas.bare}.transfer (id bigint generated always as identity primary key, source integer not null, target integer not null, amount numeric not null)`,
  );
  await client.query(`insert into ${schemas.bare}.account select id, 100000000 from generate_series(-1, $1::int) id`, [
    ACCOUNTS - 1,
  ]);
  await client.query(`vacuum analyze ${schemas.bare}.account`);
}

const TRANSFER = `with given as (
  select * from unnest($1::int[], $2::int[]) as given(source, target)
), noted as (
  insert into ${schemas.bare}.transfer (source, target, amount) select source, target, 1 from given
), sums as (
  select id, sum(amount) as amount from (
    select source as id, -1 as amount from given union all select target, 1 from given) both_sides group by id
)
update ${schemas.bare}.account set balance = account.balance + sums.amount from sums where account.id = sums.id`;
