import type { Reads } from '@holdfast/kernel';
import { decodeText, decodeUnit } from '../documents/decode.ts';
import { bookName, countGiven, idOf, place, textGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { inTime } from '../sessions/in-time.ts';
import { guarded } from '../sessions/map-fault.ts';
import { readAccounts } from './read-accounts.ts';
import { readLines } from './read-lines.ts';
import { readRecord, readRecords } from './read-records.ts';
import { atOneMoment, limitGiven } from './reading.ts';

/** Makes the reads of a store: each is one transaction, so all that it answers is of one moment. */
export function reads(context: StoreContext): Reads {
  const { collections } = context;
  return {
    readHead: (book) => atOneMoment(context, book, async ({ head }) => head),
    readRecord: (book, record, at) => readRecord(context, book, record, at),
    readRecords: (book, query) => readRecords(context, book, query),
    readAccounts: (book, query) => readAccounts(context, book, query),
    readLines: (book, query) => readLines(context, book, query),
    readUnits: (book, { after, limit }) =>
      atOneMoment(context, book, async ({ head, session, answer }) => {
        const from = idOf(book, place(countGiven(after, 'after')));
        const most = limitGiven(limit);
        const filter = { _id: { $gt: from, $lte: idOf(book, place(Number.MAX_SAFE_INTEGER)) } };
        const options = { session, projection: UNIT, sort: { _id: 1 } as const, limit: most };
        const units = most === 0 ? [] : await answer(collections.unit.find(filter, options).toArray());
        return { units: units.map((unit) => decodeUnit({ ...unit })), head };
      }),
    readTexts: (book, hashes) =>
      atOneMoment(context, book, async ({ session, answer }) => {
        const _id = { $in: hashes.map((hash) => idOf(book, textGiven(hash, 'a hash'))) };
        const found = await answer(collections.text.find({ _id }, { session }).toArray());
        return new Map(found.map((text) => [text.hash, decodeText({ ...text })]));
      }),
    eraseTexts: (book, hashes) =>
      guarded('unknown', async () => {
        await context.check();
        const name = bookName(book);
        const _id = { $in: hashes.map((hash) => idOf(name, textGiven(hash, 'a hash'))) };
        return (await inTime(collections.text.deleteMany({ _id }), context.answerTimeoutMs)).deletedCount;
      }),
  };
}

/** A unit without its rows. */
const UNIT = { _id: 0, sequence: 1, key: 1, digest: 1, bytes: 1 } as const;
