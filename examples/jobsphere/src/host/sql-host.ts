import type { Book, Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import { type Host, isToBeKept } from './host.ts';
import { HostTrouble } from './host-trouble.ts';
import type { SqlDatabase } from './sql-database.ts';
import { type SqlClient, sqlTables } from './sql-tables.ts';

/** Makes a host on a database that the book lives in as well, so that one COMMIT decides for both. */
export function sqlHost<Client extends SqlClient>(
  database: SqlDatabase<Client>,
  book: Pick<Book<NoInfer<Client>>, 'within'>,
): Host {
  return {
    transaction: (work) =>
      database.transaction(
        (client) => work(sqlTables(client)),
        () => true,
      ),
    atomically: async (work) => {
      try {
        return await database.transaction<Result<Receipt, never>>(
          (client) => work(sqlTables(client), (ask) => book.within(client, ask)) as Promise<Result<Receipt, never>>,
          isToBeKept,
        );
      } catch (error) {
        if (error instanceof HostTrouble) return err(error.fault);
        throw error;
      }
    },
  };
}
