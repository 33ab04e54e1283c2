import type { Collection, Document } from 'mongodb';
import type { Fields } from '../documents/fields.ts';
import { fieldsOf, integerOf } from '../documents/fields.ts';
import { idOf, idsOf, place } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';

/** Gives the sequence of the newest unit of a book; 0 where there is none. */
export async function newestUnit({ collections: { unit } }: StoreContext, book: string): Promise<number> {
  const found = await unit.findOne({ _id: idsOf(book) }, { projection: { sequence: 1 }, sort: { _id: -1 } });
  return found ? integerOf(Number(found._id.slice(book.length + 1)), 'the place of a unit') : 0;
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
  { collections: { unit } }: StoreContext,
  { book, until, list, by: [name, ...rest], decode }: History<Row>,
): AsyncGenerator<Row> {
  const order = {
    [`${list}.${name}`]: 1,
    sequence: 1,
    ...Object.fromEntries(rest.map((field) => [`${list}.${field}`, 1])),
  };
  const rows = unit.aggregate<Document>(
    [
      { $match: { _id: { $gt: idOf(book, ''), $lte: idOf(book, place(until)) } } },
      { $project: { _id: 0, sequence: 1, [list]: 1 } },
      { $unwind: `$${list}` },
      { $sort: order },
    ],
    { allowDiskUse: true, batchSize: 1_000 },
  );
  for await (const row of rows) yield decode(row.sequence, fieldsOf(row[list], `a row of unit ${row.sequence}`));
}

/** Streams the documents of a book that change in place, in order of their name. Those that decode to nothing are left out. */
export async function* streamCurrent<Row>(
  // biome-ignore lint/suspicious/noExplicitAny: any of the collections of which the ids begin with the book
  collection: Collection<any>,
  book: string,
  decode: (document: Fields) => Row | undefined,
): AsyncGenerator<Row> {
  for await (const document of collection.find({ _id: idsOf(book) }, { sort: { _id: 1 } })) {
    const row = decode({ ...(document as Fields) });
    if (row !== undefined) yield row;
  }
}
