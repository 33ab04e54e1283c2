import type { Appended, Rounds } from '@holdfast/kernel';
import { guarded } from '../sessions/map-fault.ts';
import type { SqlSession } from '../sessions/sql-session.ts';
import { runAppend } from './append.ts';
import { runLoad } from './load.ts';
import { inSavepoint } from './savepoint.ts';
import type { StoreContext } from './store-context.ts';

/**
 * Makes rounds on an open transaction that holds the book's lock, or gets it at the first call. Each call is a savepoint of its own, so an
 * error leaves the transaction as it was.
 *
 * @param enter - Takes the lock, once.
 */
export function joinedRounds(
  session: SqlSession,
  context: StoreContext,
  enter: (session: SqlSession) => Promise<void>,
): Rounds {
  const { statements, lockOf } = context;
  let entered: Promise<void> | undefined;
  const ready = async (): Promise<void> => {
    entered ??= enter(session);
    try {
      await entered;
    } catch (error) {
      entered = undefined;
      throw error;
    }
  };
  return {
    load: (book, needs) =>
      guarded('none', async () => {
        await ready();
        // The lock and the load are two statements: one that waited for the lock would see what was there before it waited.
        return inSavepoint(session, () => runLoad(session, statements.load(), book, needs));
      }),
    append: (book, head, changes) =>
      guarded('none', async (): Promise<Appended> => {
        await ready();
        const lock = { key: lockOf(book), timeoutMs: '' as const };
        return inSavepoint(session, () => runAppend(session, statements.append, { book, head, changes, lock }));
      }),
  };
}
