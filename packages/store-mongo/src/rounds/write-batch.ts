import { genesis } from '@holdfast/kernel';
import type { AnyBulkWriteOperation, ClientSession, Collection, Document } from 'mongodb';
import { CorruptDocument } from '../documents/corrupt-document.ts';
import {
  accountChanges,
  batchDocument,
  claimDocuments,
  headFields,
  recordDocuments,
  taskDocument,
  textDocuments,
} from '../documents/encode.ts';
import { idOf } from '../documents/ids.ts';
import { inTime } from '../sessions/in-time.ts';
import { isDuplicate } from '../sessions/server-error.ts';
import type { Batch } from './batch.ts';
import type { StoreContext } from './store-context.ts';

/**
 * Moves the head of a book, if it is still the expected one by number and digest. It is the first write of every append: two that try at
 * once meet in it, and the server lets one of them through.
 *
 * @param open - Whether a book without a head gets one. Where the lock was taken it has one.
 * @returns Whether the head was the expected one. Where it was not, nothing was written, and the transaction is as it was.
 */
export async function moveHead(
  { collections, answerTimeoutMs }: StoreContext,
  session: ClientSession,
  { book, head, changes }: Batch,
  open: boolean,
): Promise<boolean> {
  const first = head.number === 0;
  if (first && head.digest !== genesis.digest) return false;
  const expected = { _id: { $eq: book }, number: { $eq: head.number }, digest: { $eq: head.digest } };
  const { matchedCount, upsertedCount } = await inTime(
    collections.head.updateOne(expected, { $set: headFields(changes.head) }, { session, upsert: open && first }),
    answerTimeoutMs,
  );
  return matchedCount + upsertedCount > 0;
}

/** Writes everything else of a batch, in the transaction that has moved the head. */
export async function writeBatch(
  { collections, answerTimeoutMs }: StoreContext,
  session: ClientSession,
  { book, changes, units }: Batch,
): Promise<void> {
  const { batch, unit, account, record, claim, task, text } = collections;
  const write = <T>(writing: Promise<T>) => inTime(writing, answerTimeoutMs);
  try {
    await write(batch.insertOne(batchDocument(book, changes.head), { session }));
  } catch (error) {
    if (isDuplicate(error))
      throw new CorruptDocument(`batch ${changes.head.number} of ${book} is there before its time`);
    throw error;
  }
  const bulk = async <Row extends Document>(into: Collection<Row>, writes: AnyBulkWriteOperation<Row>[]) => {
    if (writes.length > 0) await write(into.bulkWrite(writes, { session, ordered: true }));
  };
  if (units.length > 0) await write(unit.insertMany([...units], { session, ordered: true }));
  await bulk(
    account,
    accountChanges(book, changes).map(({ _id, ...fields }) => ({
      updateOne: { filter: { _id: { $eq: _id } }, update: { $set: fields }, upsert: true },
    })),
  );
  await bulk(record, recordDocuments(book, changes).map(put));
  await bulk(claim, claimDocuments(book, changes).map(put));
  await bulk(
    task,
    changes.tasks.map((change) =>
      'put' in change
        ? put(taskDocument(book, change.put))
        : { deleteOne: { filter: { _id: { $eq: idOf(book, change.finish) } } } },
    ),
  );
  await bulk(text, textDocuments(book, changes.texts).map(put));
}

/** Puts a document whole, in the place of the one before. */
function put<Row extends { readonly _id: string }>(replacement: Row) {
  return { replaceOne: { filter: { _id: { $eq: replacement._id } }, replacement, upsert: true } } as never;
}
