import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendMany, type Fared } from '../test/append-many.ts';
import { checkBook } from '../test/check-book.ts';
import { freshSchema, openPool } from '../test/postgres-harness.ts';
import { createPostgresStore, migrate } from './index.ts';

const schema = freshSchema();
const opened: pg.Pool[] = [];
const children: ChildProcess[] = [];
let admin: pg.Pool;
let book: string;

beforeAll(async () => {
  admin = openPool(postgresUrl());
  (await migrate(admin, { schema }))._unsafeUnwrap();
});
beforeEach(() => {
  book = freshSchema();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const pool of opened.splice(0)) await pool.end();
});
afterAll(async () => {
  await admin.query(`drop schema ${schema} cascade`);
  await admin.end();
});

function openStore(options: pg.PoolConfig = {}) {
  const pool = openPool(postgresUrl(), { max: 3, ...options });
  opened.push(pool);
  return createPostgresStore({ client: pool, schema });
}

describe('many writers of one book', () => {
  it('four stores with pools of their own keep it whole, and each gets its turns', async () => {
    const fared = await Promise.all(
      [1, 2, 3, 4].map((name) => appendMany(openStore(), book, { name: `s${name}`, batches: 25, size: 3 })),
    );
    expect(fared.map(({ appended }) => appended)).toEqual([75, 75, 75, 75]);
    expect(await checkBook(openStore(), book)).toEqual({ units: 300, keys: 300, batches: 100 });
  });

  it('four processes keep it whole, and each gets its turns', async () => {
    const fared = await Promise.all([1, 2, 3, 4].map((name) => appendInProcess(`p${name}`, 20, 4)));
    expect(fared.map(({ appended }) => appended)).toEqual([80, 80, 80, 80]);
    expect(await checkBook(openStore(), book)).toEqual({ units: 320, keys: 320, batches: 80 });
  });

  it('it is whole, every key once, while backends are killed at random in the middle of their work', async () => {
    const stores = [0, 1, 2].map((index) => openStore({ application_name: `${book}_${index}` }));
    let killed = 0;
    let writing = true;
    const watched = openStore();
    const head = async (): Promise<number> => (await watched.readHead(book))._unsafeUnwrap().number;
    let killedAt = -1;
    const killing = (async () => {
      while (writing) {
        await new Promise((resolve) => setTimeout(resolve, 15));
        // Where a machine is so busy that each batch would meet a kill, nobody would ever be through.
        const number = await head();
        if (number === killedAt) continue;
        const { rows } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1 and state = 'active' limit 1`,
          [`${book}_%`],
        );
        if (rows.length > 0) killedAt = number;
        killed += rows.length;
      }
    })();
    await Promise.all(stores.map((store, name) => appendMany(store, book, { name: `k${name}`, batches: 60, size: 5 })));
    writing = false;
    await killing;
    expect(killed).toBeGreaterThan(0);
    expect(await checkBook(openStore(), book)).toMatchObject({ units: 900, keys: 900 });
  });
});

/** Writes from a process of its own, which runs on the source as this one does. */
function appendInProcess(name: string, batches: number, size: number): Promise<Fared> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const script = fileURLToPath(new URL('../test/append-process.ts', import.meta.url));
  const args = [
    '--conditions=holdfast:source',
    '--import',
    tsx,
    script,
    postgresUrl(),
    schema,
    book,
    name,
    `${batches}`,
    `${size}`,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let out = '';
  let trouble = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    trouble += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as Fared);
      else reject(new Error(`process ${name} ended with ${code}: ${trouble}`));
    });
  });
}
