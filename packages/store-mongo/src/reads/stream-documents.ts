import type { Head, StoredUnit } from '@holdfast/kernel';
import type { Collection, Document } from 'mongodb';
import { decodeHead, decodeUnit } from '../documents/decode.ts';
import type { Fields } from '../documents/fields.ts';
import { fieldsOf } from '../documents/fields.ts';
import { idOf, idsOf, place } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { inTime } from '../sessions/in-time.ts';
import { inSnapshot } from '../sessions/transaction.ts';
import { streamCursor } from './stream-cursor.ts';

/** Up to where a book goes, at one moment. */
export interface Bound {
  readonly head: Head;
  /** The sequence of the newest unit. */
  readonly units: number;
  /** The number of the newest batch. */
  readonly batches: number;
}

/**
 * Finds out up to where a book goes: to its head. Where there are units or batches beyond the head, somebody changed the head, and everything
 * there is counts.
 */
export function readBound(context: StoreContext, book: string): Promise<Bound> {
  const { collections, answerTimeoutMs } = context;
  return inSnapshot(context, async (session) => {
    const answer = <T>(promise: Promise<T>) => inTime(promise, answerTimeoutMs);
    const found = await answer(collections.head.findOne({ _id: { $eq: book } }, { session }));
    const head = decodeHead(found && { ...found });
    const boundOf = async (name: 'unit' | 'batch', last: number): Promise<number> => {
      const beyond = { _id: placesBetween(book, last, Number.MAX_SAFE_INTEGER) };
      const options = { session, projection: { _id: 1 } };
      return (await answer<unknown>(collections[name].findOne(beyond, options))) ? Number.MAX_SAFE_INTEGER : last;
    };
    return { head, units: await boundOf('unit', head.sequence), batches: await boundOf('batch', head.number) };
  });
}

/** The range of the ids after a place, up to another: of units by their sequences, of batches by their numbers. */
export function placesBetween(
  book: string,
  after: number,
  until: number,
): { readonly $gt: string; readonly $lte: string } {
  return { $gt: idOf(book, place(after)), $lte: idOf(book, place(until)) };
}

/** Streams units, a page at a time: sequences have no gaps, so a range of them is a page, and no cursor stays open between two pages. */
export async function* streamUnits(context: StoreContext, book: string): AsyncGenerator<StoredUnit> {
  const { unit } = context.collections;
  const { units: until } = await readBound(context, book);
  const options = { projection: { _id: 0, sequence: 1, key: 1, digest: 1, bytes: 1 }, sort: { _id: 1 } as const };
  const page = until === Number.MAX_SAFE_INTEGER ? until : PAGE;
  for (let after = 0; after < until; after += page) {
    const found = unit.find({ _id: placesBetween(book, after, Math.min(after + page, until)) }, options);
    for (const document of await inTime(found.toArray(), context.answerTimeoutMs)) yield decodeUnit({ ...document });
  }
}

/** Which rows of the units are streamed. */
export interface History<Row> {
  readonly book: string;
  /** The sequence of the last unit. */
  readonly until: number;
  /** The field of the units that has the rows. */
  readonly list: 'lines' | 'accounts' | 'records' | 'claims';
  /** The fields of a row by which they are in order; the sequence comes after the first. */
  readonly by: readonly [name: string, ...rest: readonly string[]];
  decode(sequence: unknown, fields: Fields): Row;
}

/** Streams rows of all units, in order of their name, then of their sequence. The server sorts them, on disk where they are many. */
export async function* streamHistory<Row>(
  { collections: { unit }, answerTimeoutMs }: StoreContext,
  { book, until, list, by: [name, ...rest], decode }: History<Row>,
): AsyncGenerator<Row> {
  const order = {
    [`${list}.${name}`]: 1,
    sequence: 1,
    ...Object.fromEntries(rest.map((field) => [`${list}.${field}`, 1])),
  };
  const rows = unit.aggregate<Document>(
    [
      { $match: { _id: placesBetween(book, 0, until) } },
      { $project: { _id: 0, sequence: 1, [list]: 1 } },
      { $unwind: `$${list}` },
      { $sort: order },
    ],
    { allowDiskUse: true, batchSize: 1_000 },
  );
  for await (const row of streamCursor(rows, answerTimeoutMs))
    yield decode(row.sequence, fieldsOf(row[list], `a row of unit ${row.sequence}`));
}

/** Streams the documents of a book that change in place, in order of their name. Those that decode to nothing are left out. */
export async function* streamCurrent<Row>(
  answerTimeoutMs: number,
  // biome-ignore lint/suspicious/noExplicitAny: any of the collections of which the ids begin with the book
  collection: Collection<any>,
  book: string,
  decode: (document: Fields) => Row | undefined,
): AsyncGenerator<Row> {
  const found = collection.find({ _id: idsOf(book) }, { sort: { _id: 1 } });
  for await (const document of streamCursor(found, answerTimeoutMs)) {
    const row = decode({ ...(document as Fields) });
    if (row !== undefined) yield row;
  }
}

const PAGE = 1_000;
