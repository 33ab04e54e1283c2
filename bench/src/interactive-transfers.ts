import pg from 'pg';
import { ACCOUNTS, HOT, pairOf, type Spread } from './accounts.ts';
import { schemas } from './schemas.ts';

/** Transfers as most teams would write them. */
export interface Interactive {
  transfer(index: number, spread: Spread): Promise<void>;
  close(): Promise<void>;
}

/** Makes the tables of the interactive way, with every account funded. */
export async function prepareInteractive(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`drop schema if exists ${schemas.interactive} cascade`);
  await client.query(`create schema ${schemas.interactive}`);
  await client.query(
    `create table ${schemas.interactive}.account (id integer primary key, balance numeric not null check (balance >= 0))`,
  );
  await client.query(
    `create table ${schemas.interactive}.transfer (id bigint generated always as identity primary key, source integer not null, target integer not null, amount numeric not null, at timestamptz not null default now())`,
  );
  await client.query(
    `insert into ${schemas.interactive}.account select id, 100000000 from generate_series($1::int, $2::int) id`,
    [HOT, ACCOUNTS - 1],
  );
  await client.query(`vacuum analyze ${schemas.interactive}.account`);
  await client.end();
}

/**
 * One interactive transaction for each transfer: lock both rows in order of their id, check the balance, update both, insert the transfer.
 * No key, no journal, no digest.
 */
export function interactive(url: string, poolSize: number): Interactive {
  const pool = new pg.Pool({ connectionString: url, max: poolSize });
  pool.on('error', () => {});
  return {
    async transfer(index, spread) {
      const [from, to] = pairOf(index, spread);
      const client = await pool.connect();
      try {
        await client.query('begin');
        const { rows } = await client.query({ name: 'lock', text: LOCK, values: [[from, to]] });
        const giver = rows.find(({ id }: { id: number }) => id === from);
        if (BigInt(giver.balance) < 1n) throw new Error('insufficient funds');
        await client.query({
          name: 'take',
          text: `update ${schemas.interactive}.account set balance = balance - 1 where id = $1`,
          values: [from],
        });
        await client.query({
          name: 'give',
          text: `update ${schemas.interactive}.account set balance = balance + 1 where id = $1`,
          values: [to],
        });
        await client.query({
          name: 'note',
          text: `insert into ${schemas.interactive}.transfer (source, target, amount) values ($1, $2, 1)`,
          values: [from, to],
        });
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

const LOCK = `select id, balance from ${schemas.interactive}.account where id = any($1) order by id for update`;
