import { Defect, type Rounds, type StoreFault } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { bookName } from '../documents/ids.ts';
import { mapFault } from '../sessions/map-fault.ts';
import { pause } from '../sessions/pause.ts';
import { isConflict, isDuplicate } from '../sessions/server-error.ts';
import { inTransaction } from '../sessions/transaction.ts';
import { busy } from './append.ts';
import { joinedRounds } from './joined-rounds.ts';
import type { StoreContext } from './store-context.ts';
import { takeLock } from './take-lock.ts';

/**
 * Runs work in a transaction that holds a book's lock alone. Whoever finds the lock taken tries again a little later. What the work threw is
 * thrown again, after the rollback.
 */
export async function runLocked<T>(
  context: StoreContext,
  book: string,
  work: (rounds: Rounds) => Promise<T>,
): Promise<Result<T, StoreFault>> {
  const since = performance.now();
  try {
    await context.check();
    for (let tries = 0; ; tries++) {
      const held = await hold(context, bookName(book), work);
      if (held) return ok(held.done);
      if (performance.now() - since > context.lockTimeoutMs) throw busy(context.lockTimeoutMs);
      await pause(tries);
    }
  } catch (error) {
    if (error instanceof WorkThrew) throw error.thrown;
    if (error instanceof Defect) throw error;
    return err(mapFault(error, 'none'));
  }
}

/** Gives nothing where somebody else has the lock. */
async function hold<T>(
  context: StoreContext,
  book: string,
  work: (rounds: Rounds) => Promise<T>,
): Promise<{ readonly done: T } | undefined> {
  let taken = false;
  let ended: { readonly by: unknown } | undefined;
  try {
    return await inTransaction(context, async (session) => {
      await takeLock(context, session, book);
      taken = true;
      const rounds = joinedRounds(session, context, {
        async enter() {},
        ended(error) {
          ended ??= { by: error };
        },
      });
      const done = await work(rounds).catch((thrown: unknown) => {
        throw new WorkThrew(thrown);
      });
      // The work heard of it, but may have gone on; what it had appended before is gone, too.
      if (ended) throw ended.by;
      return { done };
    });
  } catch (error) {
    // Two who give one book its first head may meet in the index of `_id`.
    if (!taken && (isConflict(error) || isDuplicate(error))) return undefined;
    throw error;
  }
}

class WorkThrew extends Error {
  readonly thrown: unknown;
  constructor(thrown: unknown) {
    super('the work under the lock threw');
    this.thrown = thrown;
  }
}
