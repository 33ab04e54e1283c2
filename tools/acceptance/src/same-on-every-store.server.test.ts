import { PGlite } from '@electric-sql/pglite';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { createMemoryStore, type Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertSound, deciders, openMarketplace } from './marketplace.ts';
import { playRandomLife } from './random-life.ts';

/** How many histories on Postgres; a hundredth of them on PGlite. */
const RUNS = Number(process.env.HOLDFAST_RUNS ?? 1_000);
const SEED = Number(process.env.HOLDFAST_SEED ?? 20_260_301);
const LENGTH = 14;

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: postgresUrl(), max: 8 });
  (await migrate(pool, { schema: 'same_everywhere' }))._unsafeUnwrap();
});
afterAll(async () => {
  await pool.query('drop schema if exists same_everywhere cascade');
  await pool.end();
});

async function compare(store: Store<never>, seed: number): Promise<void> {
  const memory = createMemoryStore();
  const here = openMarketplace(memory);
  const there = openMarketplace(store, `market${seed}`);
  const expected = await playRandomLife(here, seed, LENGTH);
  const found = await playRandomLife(there, seed, LENGTH);
  expect({ seed, answers: found }).toEqual({ seed, answers: expected });
  await assertSound(there);
  const head = (await store.readHead(there.book.name))._unsafeUnwrap();
  expect({ seed, digest: head.digest }).toEqual({
    seed,
    digest: (await memory.readHead('market'))._unsafeUnwrap().digest,
  });
  const report = (await verifyBook({ store, book: there.book.name, deciders }))._unsafeUnwrap();
  expect({ seed, difference: report.difference }).toEqual({ seed, difference: undefined });
  expect(report.verified).toBe(true);
}

describe('law: a random history comes to the same answers and the same digest', () => {
  it(`on Postgres as in memory, ${RUNS} times from seed ${SEED}`, { timeout: 1_200_000 }, async () => {
    const store = createPostgresStore({ client: pool, schema: 'same_everywhere' }) as Store<never>;
    for (let first = 0; first < RUNS; first += 8) {
      const seeds = Array.from({ length: Math.min(8, RUNS - first) }, (_, index) => SEED + first + index);
      await Promise.all(seeds.map((seed) => compare(store, seed)));
    }
    await store.close();
  });

  it(`on PGlite as in memory, ${Math.ceil(RUNS / 100)} times from seed ${SEED}`, { timeout: 1_200_000 }, async () => {
    const db = await PGlite.create();
    (await migrate(db))._unsafeUnwrap();
    const store = createPostgresStore({ client: db }) as Store<never>;
    for (let seed = SEED; seed < SEED + Math.ceil(RUNS / 100); seed++) await compare(store, seed);
    await store.close();
    await db.close();
  });
});
