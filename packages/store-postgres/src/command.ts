import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { appendOnlyGrants } from './grants.ts';
import { migrate } from './migrate.ts';
import { type MigrationFile, migrationFiles } from './migration-sql.ts';

/** Where a command writes. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `holdfast-postgres migrate [--url URL] [--schema NAME]     make the schema what this version needs
holdfast-postgres sql [--schema NAME] [--folder DIR] [--distributed]
                                                          print the steps as SQL, or write them as files
holdfast-postgres grants --role ROLE [--schema NAME]      print what lets a role keep books and change no past

URL is a connection string; HOLDFAST_PG_URL or DATABASE_URL where it is absent. NAME is holdfast where it is absent.
`;

/** Runs the command line. Returns the exit code: 0, or 1 with a sentence on the error output. */
export async function runCommand(
  args: readonly string[],
  env: { readonly [name: string]: string | undefined },
  output: Output,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        schema: { type: 'string' },
        folder: { type: 'string' },
        role: { type: 'string' },
        distributed: { type: 'boolean' },
      },
    });
    const schema = values.schema ?? 'holdfast';
    switch (positionals.length === 1 ? positionals[0] : undefined) {
      case 'migrate':
        return await runMigrate(values.url ?? env.HOLDFAST_PG_URL ?? env.DATABASE_URL, schema, output);
      case 'sql':
        return await runSql(
          migrationFiles({ schema, distributed: values.distributed ?? false }),
          values.folder,
          output,
        );
      case 'grants':
        output.out(
          appendOnlyGrants({ schema, role: values.role ?? '' })
            .map((statement) => `${statement};\n`)
            .join(''),
        );
        return 0;
      default:
        output.err(USAGE);
        return 1;
    }
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function runMigrate(url: string | undefined, schema: string, output: Output): Promise<number> {
  if (url === undefined) {
    output.err('no --url, and neither HOLDFAST_PG_URL nor DATABASE_URL\n');
    return 1;
  }
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
  try {
    const done = await migrate(pool, { schema });
    if (done.isErr()) {
      output.err(`${done.error.code}: ${done.error.message}\n`);
      return 1;
    }
    output.out(
      done.value.length === 0 ? `schema ${schema} is up to date\n` : `schema ${schema}: ran ${done.value.join(', ')}\n`,
    );
    return 0;
  } finally {
    await pool.end();
  }
}

async function runSql(files: readonly MigrationFile[], folder: string | undefined, output: Output): Promise<number> {
  if (folder === undefined) {
    output.out(files.map(({ name, sql }) => `-- ${name}\n${sql}`).join('\n'));
    return 0;
  }
  await mkdir(folder, { recursive: true });
  for (const { name, sql } of files) await writeFile(path.join(folder, name), sql);
  output.out(`${files.map(({ name }) => path.join(folder, name)).join('\n')}\n`);
  return 0;
}
