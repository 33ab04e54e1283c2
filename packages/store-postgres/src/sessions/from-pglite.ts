import type { SqlAnswer, SqlSession, SqlSource, SqlStatement } from './sql-session.ts';

/** What is used of a transaction of PGlite. */
export interface PgliteTransaction {
  /** Runs one statement with values. */
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
  /** Runs several statements without values. */
  exec(text: string): Promise<unknown>;
}

/** What is used of PGlite. */
export interface PgliteDatabase extends PgliteTransaction {
  /** Runs the work in a transaction, which its failure rolls back. */
  transaction<T>(work: (transaction: PgliteTransaction) => Promise<T>): Promise<T>;
}

/** Makes a source of PGlite, which has one session: statements and transactions wait for each other. */
export function fromPglite(database: PgliteDatabase): SqlSource {
  return {
    run: (statement) => runOnPglite(database, statement),
    transaction: (work) =>
      database.transaction(async (transaction) => {
        const session: SqlSession = { run: (statement) => runOnPglite(transaction, statement) };
        const result = await work(session);
        // Fails where an error was swallowed: PGlite tells nobody that its COMMIT was answered by ROLLBACK.
        await session.run({ text: 'select 1' });
        return result;
      }),
    async close() {},
  };
}

/** Runs a statement on PGlite, by the same text as on a server. */
export async function runOnPglite(session: PgliteTransaction, { text, values }: SqlStatement): Promise<SqlAnswer> {
  const { rows } = await session.query(text, values as unknown[] | undefined);
  return { rows: rows as SqlAnswer['rows'] };
}
