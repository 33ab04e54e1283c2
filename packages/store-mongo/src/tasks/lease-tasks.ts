import { randomUUID } from 'node:crypto';
import type { LeasedTask, StoreFault, Tasks } from '@holdfast/kernel';
import type { Document } from 'mongodb';
import { ok, type Result } from 'neverthrow';
import { decodeTask } from '../documents/decode.ts';
import type { TaskDocument } from '../documents/documents.ts';
import { integerOf, textOf } from '../documents/fields.ts';
import { bookName, countGiven, textGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { inTime } from '../sessions/in-time.ts';
import { guarded } from '../sessions/map-fault.ts';
import { pause } from '../sessions/pause.ts';
import { serverClock } from '../sessions/server-clock.ts';
import { isConflict } from '../sessions/server-error.ts';
import { inTransaction } from '../sessions/transaction.ts';
import { dueAndFree, fromNow } from './clock.ts';

type Request = Parameters<Tasks['leaseTasks']>[0];

/** Leases due tasks in two steps: which books have some, then some of each. Each book gets its share, and what one does not use the others get. */
export async function leaseTasks(
  context: StoreContext,
  request: Request,
): Promise<Result<readonly LeasedTask[], StoreFault>> {
  const due = await guarded('none', () => dueBooks(context, request));
  if (due.isErr()) return due.map(() => []);
  const leased: LeasedTask[] = [];
  const { now } = due.value;
  let { books } = due.value;
  while (books.length > 0 && leased.length < request.limit) {
    const fuller: string[] = [];
    for (const [index, book] of books.entries()) {
      const share = Math.ceil((request.limit - leased.length) / (books.length - index));
      if (share <= 0) break;
      const got = await guarded('none', () => leaseInBook(context, { book, share, request, now }));
      // What is leased already is handed over: what failed here is due again later.
      if (got.isErr()) return leased.length > 0 ? ok(leased) : got;
      leased.push(...got.value);
      if (got.value.length === share) fuller.push(book);
    }
    books = fuller;
  }
  return ok(leased);
}

/** Gives the books that have due tasks, and the server's clock, by which they are due. A lease that ends meanwhile is for the next sweep. */
async function dueBooks(
  context: StoreContext,
  { books, dueAt, limit }: Request,
): Promise<{ readonly books: readonly string[]; readonly now: Date }> {
  await context.check();
  const now = await serverClock(context.collections.db, context.answerTimeoutMs);
  if (books?.length === 0 || limit <= 0) return { books: [], now };
  const due = dueAndFree(textGiven(dueAt, 'dueAt'), now);
  const pipeline = [
    { $match: { ...due, ...(books ? { book: { $in: books.map(bookName) } } : {}) } },
    { $group: { _id: '$book', oldest: { $min: '$dueAt' } } },
    { $sort: { oldest: 1, _id: 1 } },
    { $limit: Math.max(1, countGiven(limit, 'limit')) },
  ];
  const rows = await inTime(context.collections.task.aggregate<Document>(pipeline).toArray(), context.answerTimeoutMs);
  return { books: rows.map((row) => textOf(row._id, 'the book of a task')), now };
}

/**
 * Leases tasks of a book in a transaction: where somebody else writes one of them, the server says so at once, while a write outside of a
 * transaction would wait for theirs. After a few tries nothing is leased; it is due again at the next sweep.
 */
async function leaseInBook(
  context: StoreContext,
  {
    book,
    share,
    request,
    now,
  }: { readonly book: string; readonly share: number; readonly request: Request; readonly now: Date },
): Promise<readonly LeasedTask[]> {
  const { collections, answerTimeoutMs } = context;
  const leaseMs = countGiven(request.leaseMs, 'leaseMs');
  const lease = randomUUID();
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      return await inTransaction(context, async (session) => {
        const due = { book: { $eq: book }, ...dueAndFree(request.dueAt, now) };
        const options = { session, sort: { dueAt: 1, id: 1 } as const, limit: share };
        const found = await inTime(collections.task.find(due, options).toArray(), answerTimeoutMs);
        if (found.length === 0) return [];
        const ids = { _id: { $in: found.map(({ _id }) => _id) } };
        const taken = { $set: { lease, attempts: { $add: ['$attempts', 1] }, freeAt: fromNow(leaseMs) } };
        await inTime(collections.task.updateMany(ids, [taken], { session }), answerTimeoutMs);
        return found.map((document) => leasedTask(book, document, lease));
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
      await pause(tries);
    }
  }
  return [];
}

function leasedTask(book: string, document: TaskDocument, lease: string): LeasedTask {
  const attempts = integerOf(document.attempts, 'the attempts of a task') + 1;
  return { book, task: decodeTask({ ...document }), attempts, lease };
}

const TRIES = 8;
