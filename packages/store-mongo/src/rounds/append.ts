import { type Appended, sameHead } from '@holdfast/kernel';
import { decodeHead } from '../documents/decode.ts';
import { inTime } from '../sessions/in-time.ts';
import { pause } from '../sessions/pause.ts';
import { Refused } from '../sessions/refused.ts';
import { isConflict, isDuplicate } from '../sessions/server-error.ts';
import { inTransaction } from '../sessions/transaction.ts';
import type { Batch } from './batch.ts';
import type { StoreContext } from './store-context.ts';
import { moveHead, writeBatch } from './write-batch.ts';

/**
 * Appends a round in a transaction of its own.
 *
 * Where somebody else is writing the same book, the server ends one of the two at once, without saying whether the other will commit. So the
 * head is looked at: if it has moved, that is the answer; if not, the same is tried again a little later, until the lock's time is over.
 * Nothing is decided here, so nothing has to be decided again.
 */
export async function runAppend(context: StoreContext, batch: Batch): Promise<Appended> {
  const since = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      await inTransaction(context, async (session) => {
        // A transaction that has written nothing need not be committed.
        if (!(await moveHeadOrMeet(context, session, batch))) throw new HeadMoved();
        await writeBatch(context, session, batch);
      });
      return 'appended';
    } catch (error) {
      if (error instanceof HeadMoved) return 'head_moved';
      if (!(error instanceof Met) && !isConflict(error)) throw error;
    }
    const head = await inTime(context.collections.head.findOne({ _id: { $eq: batch.book } }), context.answerTimeoutMs);
    if (!sameHead(decodeHead(head && { ...head }), batch.head)) return 'head_moved';
    if (performance.now() - since > context.lockTimeoutMs) throw busy(context.lockTimeoutMs);
    await pause(tries);
  }
}

/** Makes the fault of a book that somebody else holds. */
export function busy(lockTimeoutMs: number): Refused {
  return new Refused('book_busy', `somebody else held the book for ${lockTimeoutMs} ms`, { retryable: true });
}

class HeadMoved extends Error {}
class Met extends Error {}

/** Two who give one book its first head may meet in the index of `_id`, too. */
async function moveHeadOrMeet(
  context: StoreContext,
  session: Parameters<typeof moveHead>[1],
  batch: Batch,
): Promise<boolean> {
  try {
    return await moveHead(context, session, batch, true);
  } catch (error) {
    if (isDuplicate(error)) throw new Met();
    throw error;
  }
}
