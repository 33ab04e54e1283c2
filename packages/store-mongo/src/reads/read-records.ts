import type { Page, Paging, RecordRow, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { decodeRecord } from '../documents/decode.ts';
import { countGiven, idOf, idsOf, textGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { atOneMoment, limitGiven, pageOf } from './reading.ts';

/** Reads a record as it stands, or as it stood after a unit. */
export function readRecord(
  context: StoreContext,
  book: string,
  record: string,
  { asOf }: { readonly asOf?: number } = {},
): Promise<Result<{ readonly row: RecordRow | undefined; readonly sequence: number }, StoreFault>> {
  return atOneMoment(context, book, async ({ head, session, answer }) => {
    const { collections } = context;
    const name = textGiven(record, 'record');
    const then = asOf === undefined ? Number.MAX_SAFE_INTEGER : countGiven(asOf, 'asOf');
    const found = await answer(collections.record.findOne({ _id: { $eq: idOf(book, name) } }, { session }));
    if (!found || found.sequence <= then) {
      return { row: found ? decodeRecord(found.sequence, { ...found }) : undefined, sequence: head.sequence };
    }
    const filter = { book: { $eq: book }, 'records.record': { $eq: name }, sequence: { $lte: then } };
    const options = { session, projection: { _id: 0, sequence: 1, records: 1 }, sort: { sequence: -1 } as const };
    const unit = await answer(collections.unit.findOne(filter, options));
    const stood = unit?.records?.findLast((row) => row.record === name);
    return { row: unit && stood ? decodeRecord(unit.sequence, { ...stood }) : undefined, sequence: head.sequence };
  });
}

/** Reads the records of one kind as they stand, in order of their id. */
export function readRecords(
  context: StoreContext,
  book: string,
  { kind, status, limit, after }: Paging & { readonly kind: string; readonly status?: string },
): Promise<Result<Page<RecordRow>, StoreFault>> {
  return atOneMoment(context, book, async ({ head, session, answer }) => {
    const range = idsOf(book, `${textGiven(kind, 'kind')}/`);
    const last = after === undefined ? '' : idOf(book, textGiven(after, 'after'));
    const filter = {
      _id: last < range.$gte ? range : { $gt: last, $lt: range.$lt },
      ...(status === undefined ? {} : { status: { $eq: textGiven(status, 'status') } }),
    };
    const found = context.collections.record
      .find(filter, { session })
      .sort({ _id: 1 })
      .limit(limitGiven(limit) + 1);
    const rows = (await answer(found.toArray())).map((document) => decodeRecord(document.sequence, { ...document }));
    return pageOf(rows, { limit, head, cursor: ({ record }) => record });
  });
}
