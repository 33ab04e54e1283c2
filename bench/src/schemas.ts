import pg from 'pg';

/** The schemas that the bench makes: of its own by name, so that it takes nothing of anybody's on a server that is given. */
export const schemas = {
  transfers: 'holdfast_bench_transfers',
  lives: 'holdfast_bench_lives',
  two: 'holdfast_bench_two',
  small: 'holdfast_bench_small',
  grown: 'holdfast_bench_grown',
  interactive: 'holdfast_bench_interactive',
  bare: 'holdfast_bench_bare',
} as const;

/** Drops what the bench made. What an earlier run left would answer the keys of this one again, which costs little and measures nothing. */
export async function dropSchemas(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const schema of Object.values(schemas)) await client.query(`drop schema if exists ${schema} cascade`);
  } finally {
    await client.end();
  }
}
