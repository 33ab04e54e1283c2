import pg from 'pg';

/** What a production server of a few gigabytes would set, and a fresh one does not: a cache that holds the indexes, and log between checkpoints. */
export const BENCH_SETTINGS = { shared_buffers: '1GB', max_wal_size: '8GB', checkpoint_timeout: '15min' } as const;

/** Reads the settings that the figures rest on, whoever started the server. */
export async function readServerSettings(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const names = ['server_version', 'fsync', 'synchronous_commit', ...Object.keys(BENCH_SETTINGS)];
  const { rows } = await client.query('select name, current_setting(name) as value from unnest($1::text[]) name', [
    names,
  ]);
  await client.end();
  return rows.map(({ name, value }) => `${name} ${value}`).join(', ');
}
