import { Defect, type Rounds } from '@holdfast/kernel';
import type { ClientSession } from 'mongodb';
import { bookName } from '../documents/ids.ts';
import { Refused } from '../sessions/refused.ts';
import { joinedRounds } from './joined-rounds.ts';
import type { StoreContext } from './store-context.ts';
import { takeLock } from './take-lock.ts';

/** Makes rounds on a transaction that the host has begun on its session, under the book's lock until the host ends it. */
export function hostRounds(context: StoreContext, session: ClientSession, book: string): Rounds {
  if (typeof (session as Partial<ClientSession> | null)?.inTransaction !== 'function')
    throw new Defect('the client is no ClientSession of the driver');
  let joined: Transaction | undefined;
  return joinedRounds(session, context, {
    async enter() {
      joined = checkTransaction(session);
      await context.check();
      await takeLock(context, session, bookName(book));
    },
    check() {
      // A session is used again: without this, what comes after the host's COMMIT would be written outside of any transaction.
      if (joined && checkTransaction(session) !== joined)
        throw refused('the transaction that joined the book has ended, and the session holds another one');
    },
  });
}

/** Gives the session's open transaction, if a book can join it. */
function checkTransaction(session: ClientSession): Transaction {
  if (!session.inTransaction()) throw refused('the session holds no open transaction');
  // The driver keeps what a transaction was begun with, and makes a new one each time, but does not say so in its types.
  const { transaction } = session as unknown as { readonly transaction: Transaction };
  const concern = transaction.options?.writeConcern;
  if (concern?.w === undefined || concern.w === 'majority') return transaction;
  throw refused(
    `the transaction commits with w: ${concern.w}, which a fail-over can take back: begin it with { writeConcern: { w: 'majority' } }`,
  );
}

function refused(why: string): Refused {
  return new Refused('store_refused', why, { retryable: false });
}

interface Transaction {
  readonly options?: { readonly writeConcern?: { readonly w?: unknown } };
}
