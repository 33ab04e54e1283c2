import type { SqlAnswer, SqlSession } from './sql-session.ts';

/** What is used of a transaction of Kysely. */
export interface KyselyTransaction {
  readonly isTransaction: boolean;
  /** Runs a compiled query in the transaction. */
  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own type of a query is wider than what is handed over, and differs by version
  executeQuery(query: any): Promise<{ readonly rows: unknown[] }>;
}

/**
 * Makes a session of a transaction of Kysely. Columns have names of one lower-case word, so plugins that rename columns leave them alone.
 */
export function fromKysely(transaction: KyselyTransaction): SqlSession {
  return {
    async run({ text, values = [] }) {
      const { rows } = await transaction.executeQuery({
        sql: text,
        parameters: values,
        query: { kind: 'RawNode', sqlFragments: [text], parameters: [] },
        queryId: { queryId: 'holdfast' },
      });
      return { rows: rows as SqlAnswer['rows'] };
    },
  };
}
