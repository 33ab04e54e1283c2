import type { Reads } from '@holdfast/kernel';
import { CorruptDocument } from '../documents/corrupt-document.ts';
import { decodeText, decodeUnit } from '../documents/decode.ts';
import { bookName, countGiven, idOf, textGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { inTime } from '../sessions/in-time.ts';
import { guarded } from '../sessions/map-fault.ts';
import { readAccounts } from './read-accounts.ts';
import { readLines } from './read-lines.ts';
import { readRecord, readRecords } from './read-records.ts';
import { atOneMoment, limitGiven } from './reading.ts';
import { placesBetween } from './stream-documents.ts';

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
        const from = countGiven(after, 'after');
        const until = Math.min(from + limitGiven(limit), head.sequence);
        if (until <= from) return { units: [], head };
        const options = { session, projection: UNIT, sort: { _id: 1 } as const };
        const found = collections.unit.find({ _id: placesBetween(book, from, until) }, options);
        const units = (await answer(found.toArray())).map((unit) => decodeUnit({ ...unit }));
        // Whoever follows the units would never know that one was missing.
        if (units.length < until - from)
          throw new CorruptDocument(`of the units ${from + 1} to ${until} of ${book} only ${units.length} are there`);
        return { units, head };
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
