import { randomUUID } from 'node:crypto';
import { genesis } from '@holdfast/kernel';
import type { ClientSession } from 'mongodb';
import { headFields } from '../documents/encode.ts';
import { inTime } from '../sessions/in-time.ts';
import type { StoreContext } from './store-context.ts';

/**
 * Takes a book's lock for the rest of the session's transaction: it writes the head, so that whoever else would write it meets us there. The
 * value is new each time, since a write that changes nothing is none.
 */
export async function takeLock(
  { collections, answerTimeoutMs }: StoreContext,
  session: ClientSession,
  book: string,
): Promise<void> {
  await inTime(
    collections.head.updateOne(
      { _id: { $eq: book } },
      { $set: { lock: randomUUID() }, $setOnInsert: headFields(genesis) },
      { session, upsert: true },
    ),
    answerTimeoutMs,
  );
}
