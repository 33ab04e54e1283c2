import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './command.ts';
import { migrationFiles } from './index.ts';

let folder: string;
let out: string;
let err: string;
const output = {
  out: (text: string): void => {
    out += text;
  },
  err: (text: string): void => {
    err += text;
  },
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdfast-command-'));
  out = '';
  err = '';
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('holdfast-postgres', () => {
  it('prints the steps as SQL, in the schema that was asked for', async () => {
    expect(await runCommand(['sql', '--schema', 'money'], {}, output)).toBe(0);
    expect(out).toContain('create table "money".batch');
    expect(out).not.toContain('holdfast"');
    expect(out).not.toContain('create_distributed_table');
    expect(await runCommand(['sql', '--distributed'], {}, output)).toBe(0);
    expect(out).toContain(`select create_distributed_table('"holdfast".line', 'book');`);
  });

  it('writes the steps as files', async () => {
    expect(await runCommand(['sql', '--folder', path.join(folder, 'sql')], {}, output)).toBe(0);
    const files = migrationFiles();
    expect(await readdir(path.join(folder, 'sql'))).toEqual(files.map(({ name }) => name));
  });

  it('prints the grants of a role', async () => {
    expect(await runCommand(['grants', '--role', 'app'], {}, output)).toBe(0);
    expect(out).toContain('grant select on all tables in schema "holdfast" to "app";');
    expect(out).not.toMatch(/update.*line/);
  });

  it.each([
    [[], 'holdfast-postgres migrate'],
    [['nonsense'], 'holdfast-postgres migrate'],
    [['sql', 'twice'], 'holdfast-postgres migrate'],
    [['sql', '--nonsense'], 'nonsense'],
    [['sql', '--schema', 'a"b'], 'schema is "a\\"b"'],
    [['grants'], 'role is ""'],
    [['migrate'], 'no --url, and neither HOLDFAST_PG_URL nor DATABASE_URL'],
    [['migrate', '--url', 'postgres://x:y@127.0.0.1:1/none'], 'store_unavailable'],
  ])('ends with 1 and a sentence for %j', async (args, sentence) => {
    expect(await runCommand(args, {}, output)).toBe(1);
    expect(err).toContain(sentence);
    expect(out).toBe('');
  });
});

describe('the SQL files of the package', () => {
  it('are what the steps say', async () => {
    const shipped = path.join(import.meta.dirname, '..', 'sql');
    const files = migrationFiles();
    expect(await readdir(shipped)).toEqual(files.map(({ name }) => name));
    for (const { name, sql } of files) expect(await readFile(path.join(shipped, name), 'utf8')).toBe(sql);
  });
});
