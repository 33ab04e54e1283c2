import type { Book, Receipt } from '@holdfast/kernel';
import type { ClientSession, Db } from 'mongodb';
import { err, type Result } from 'neverthrow';
import { type Host, isToBeKept } from './host.ts';
import { HostTrouble } from './host-trouble.ts';
import { mongoTables } from './mongo-tables.ts';
import { mongoTransaction } from './mongo-transaction.ts';

/** Makes a host on a MongoDB database that the book lives in as well, so that one commit decides for both. */
export function mongoHost(database: Db, book: Pick<Book<ClientSession>, 'within'>): Host {
  return {
    transaction: (work) =>
      mongoTransaction(
        database.client,
        (session) => work(mongoTables(database, session)),
        () => 'commit',
      ),
    atomically: async (work) => {
      try {
        return await mongoTransaction<Result<Receipt, never>>(
          database.client,
          (session) =>
            work(mongoTables(database, session), (ask) => book.within(session, ask)) as Promise<Result<Receipt, never>>,
          (done) => (isToBeKept(done) ? 'commit' : isWorthAnotherTry(done) ? 'begin_again' : 'abort'),
        );
      } catch (error) {
        if (error instanceof HostTrouble) return err(error.fault);
        throw error;
      }
    },
  };
}

/** Another writer of the book came first: the transaction is over, and the whole of it is run again. */
function isWorthAnotherTry(done: Result<Receipt, unknown>): boolean {
  if (done.isOk()) return false;
  const error = done.error as { readonly fault?: true; readonly retryable?: boolean; readonly effect?: string };
  return error.fault === true && error.retryable === true && error.effect === 'none';
}
