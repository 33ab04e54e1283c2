import type { Head, Page, StoreFault } from '@holdfast/kernel';
import type { ClientSession } from 'mongodb';
import type { Result } from 'neverthrow';
import { decodeHead } from '../documents/decode.ts';
import { bookName, countGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { inTime } from '../sessions/in-time.ts';
import { guarded } from '../sessions/map-fault.ts';
import { inSnapshot } from '../sessions/transaction.ts';

/** What a read of one moment works with. */
export interface Moment {
  /** Of the moment. */
  readonly head: Head;
  readonly session: ClientSession;
  /** Waits for an answer, but not for ever. */
  readonly answer: <T>(promise: Promise<T>) => Promise<T>;
}

/** Reads in one transaction, so that all that is answered is of one moment: the one of the head that was read first. */
export function atOneMoment<T>(
  context: StoreContext,
  book: string,
  read: (moment: Moment) => Promise<T>,
): Promise<Result<T, StoreFault>> {
  return guarded('none', async () => {
    await context.check();
    const _id = bookName(book);
    return inSnapshot(context, async (session) => {
      const answer = <A>(promise: Promise<A>) => inTime(promise, context.answerTimeoutMs);
      const found = await answer(context.collections.head.findOne({ _id: { $eq: _id } }, { session }));
      return read({ head: decodeHead(found && { ...found }), session, answer });
    });
  });
}

/** Lets a limit of a page through. */
export function limitGiven(limit: unknown): number {
  return countGiven(limit, 'limit');
}

/** Cuts a page of rows of which one more than `limit` was read. */
export function pageOf<Row>(
  rows: readonly Row[],
  { limit, head, cursor }: { readonly limit: number; readonly head: Head; readonly cursor: (row: Row) => string },
): Page<Row> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    sequence: head.sequence,
    ...(last !== undefined && rows.length > limit ? { next: cursor(last) } : {}),
  };
}
