import { type Appended, type Rounds, sameHead } from '@holdfast/kernel';
import type { ClientSession } from 'mongodb';
import { decodeHead } from '../documents/decode.ts';
import { bookName } from '../documents/ids.ts';
import { inTime } from '../sessions/in-time.ts';
import { guarded } from '../sessions/map-fault.ts';
import { Refused } from '../sessions/refused.ts';
import { isConflict, isGone } from '../sessions/server-error.ts';
import { type Batch, batchOf } from './batch.ts';
import { runLoad } from './load.ts';
import type { StoreContext } from './store-context.ts';
import { moveHead, writeBatch } from './write-batch.ts';

/** How rounds join a transaction. */
export interface Joining {
  /** Takes the lock, once. */
  enter(): Promise<void>;
  /** Hears of an error with which the server has ended the transaction. */
  ended?(error: unknown): void;
  /** Refuses a transaction that is no longer the one of the lock; asked before each call. */
  check?(): void;
}

/**
 * Makes rounds on an open transaction that holds the book's lock, or gets it at the first call.
 *
 * An error of the server ends the whole transaction: there are no savepoints. So whatever can be refused is looked for before anything is
 * written, and a refusal leaves the transaction as it was.
 */
export function joinedRounds(session: ClientSession, context: StoreContext, joining: Joining): Rounds {
  let entered: Promise<void> | undefined;
  const joined = <T>(work: () => Promise<T>) =>
    guarded('none', async () => {
      try {
        joining.check?.();
        entered ??= joining.enter();
        await entered;
        return await work();
      } catch (error) {
        if (error instanceof Refused) throw error;
        joining.ended?.(error);
        throw translated(error);
      }
    });
  return {
    load: (book, needs) => joined(() => runLoad(context, session, bookName(book), needs)),
    append: (book, head, changes) =>
      joined(async (): Promise<Appended> => {
        const batch = batchOf(book, head, changes);
        const found = await inTime(
          context.collections.head.findOne({ _id: { $eq: batch.book } }, { session }),
          context.answerTimeoutMs,
        );
        if (!sameHead(decodeHead(found && { ...found }), head)) return 'head_moved';
        await refuseKnownKeys(context, session, batch);
        if (!(await moveHead(context, session, batch, false))) return 'head_moved';
        await writeBatch(context, session, batch);
        return 'appended';
      }),
  };
}

/** Looks for keys that are there already, or twice in the batch: the index would refuse them, and with them the whole transaction. */
async function refuseKnownKeys(
  { collections, answerTimeoutMs }: StoreContext,
  session: ClientSession,
  { book, units }: Batch,
): Promise<void> {
  const keys = units.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  const filter = { book: { $eq: book }, key: { $in: keys } };
  const options = { session, projection: { _id: 0, key: 1 } };
  const there =
    twice === undefined && keys.length > 0
      ? await inTime(collections.unit.findOne(filter, options), answerTimeoutMs)
      : undefined;
  const known = twice ?? there?.key;
  if (known === undefined) return;
  throw new Refused('store_refused', `the key ${known} is there already`, { retryable: false });
}

function translated(error: unknown): unknown {
  const again = 'the server has ended this transaction: run the whole of it again';
  if (isConflict(error))
    return new Refused('book_busy', `somebody else wrote the book first, and ${again}`, { retryable: true });
  if (isGone(error))
    return new Refused('store_refused', 'the transaction has ended before, and can only be aborted', {
      retryable: false,
    });
  return error;
}
