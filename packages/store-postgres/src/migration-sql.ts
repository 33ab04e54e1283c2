import { migrations } from './migrations/index.ts';
import { schemaStatements, statementsOf } from './migrations/migrate.ts';
import { lockKey } from './sql/lock-key.ts';
import { quoteSchema } from './sql/schema-name.ts';

/** A step of the schema as a file for `psql` or another tool of migrations. */
export interface MigrationFile {
  /** As in `0001_journal.sql`. */
  readonly name: string;
  /** One transaction; a step that was run already fails as a whole and changes nothing. */
  readonly sql: string;
}

/**
 * Gives the schema's steps as SQL files, for teams that run migrations with a tool of their own.
 *
 * @param options - `schema` is the schema to write into the files; `distributed` tells whether the tables are spread by book, as Citus does
 * it. {@link migrate} finds that out by itself.
 */
export function migrationFiles({
  schema = 'holdfast',
  distributed = false,
}: {
  readonly schema?: string;
  readonly distributed?: boolean;
} = {}): readonly MigrationFile[] {
  const quoted = quoteSchema(schema);
  return migrations.map((migration) => ({
    name: `${migration.name}.sql`,
    sql: [
      'begin',
      `select pg_advisory_xact_lock(${lockKey(schema, 'migrations')})`,
      ...schemaStatements(quoted),
      `insert into ${quoted}.migration (number, name, breaking) values (${migration.number}, '${migration.name}', ${migration.breaking})`,
      ...statementsOf(migration, quoted),
      ...(distributed
        ? migration.tables.map((table) => `select create_distributed_table('${quoted}.${table}', 'book')`)
        : []),
      'commit',
    ]
      .map((statement) => `${statement};\n`)
      .join('\n'),
  }));
}
