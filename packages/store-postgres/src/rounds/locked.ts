import type { Rounds, StoreFault } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { mapFault } from '../sessions/map-fault.ts';
import type { SqlSource } from '../sessions/sql-session.ts';
import { joinedRounds } from './joined-rounds.ts';
import type { StoreContext } from './store-context.ts';
import { takeLock } from './take-lock.ts';

/** Runs work in a transaction that holds a book's lock alone. What the work threw is thrown again, after the rollback. */
export async function runLocked<T>(
  source: SqlSource,
  context: StoreContext,
  book: string,
  work: (rounds: Rounds) => Promise<T>,
): Promise<Result<T, StoreFault>> {
  let began = false;
  try {
    const done = await source.transaction(async (session) => {
      await context.check(session);
      await takeLock(session, { key: context.lockOf(book), timeoutMs: context.lockTimeoutMs });
      began = true;
      const rounds = joinedRounds(session, context, async () => {});
      return work(rounds).catch((thrown: unknown) => {
        throw new WorkThrew(thrown);
      });
    });
    return ok(done);
  } catch (error) {
    if (error instanceof WorkThrew) throw error.thrown;
    return err(mapFault(error, began ? 'unknown' : 'none'));
  }
}

class WorkThrew extends Error {
  readonly thrown: unknown;
  constructor(thrown: unknown) {
    super('the work under the lock threw');
    this.thrown = thrown;
  }
}
