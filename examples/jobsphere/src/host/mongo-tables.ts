import type { ClientSession, Collection, Db, Document, Filter, Sort } from 'mongodb';
import { COLUMNS, type Part, type Rows, type Tables, type Where } from './tables.ts';

/** A row as a document: its id is the key. */
interface RowDocument extends Document {
  readonly _id: string;
}

/** Makes the host's tables of collections, inside the transaction of a session. Names come from the code alone, values are compared as they are. */
export function mongoTables(database: Db, session: ClientSession): Tables {
  return {
    find: async (table, id) => rowOf(await rowsOf(database, table).findOne({ _id: { $eq: id } }, { session })),
    // Writing is locking: whoever else writes the document meanwhile has a conflict and begins again.
    lock: async (table, id) =>
      rowOf(
        await rowsOf(database, table).findOneAndUpdate(
          { _id: { $eq: id } },
          { $inc: { locks: 1 } },
          { session, returnDocument: 'after' },
        ),
      ),
    put: async (table, { id, ...row }) => {
      await rowsOf(database, table).replaceOne({ _id: { $eq: id } }, row, { session, upsert: true });
    },
    list: async (table, where, part) => {
      const found = rowsOf(database, table).find(filterOf(where), { session }).sort(sortOf(part));
      if (part.offset !== undefined) found.skip(part.offset);
      if (part.limit !== undefined) found.limit(part.limit);
      return (await found.toArray()).map(rowOf) as never;
    },
    count: (table, where) => rowsOf(database, table).countDocuments(filterOf(where), { session }),
  };
}

/** Makes the collections and their indexes. Harmless when run again. */
export async function prepareMongoTables(database: Db): Promise<void> {
  for (const table of Object.keys(COLUMNS) as (keyof Rows)[]) {
    await database.createCollection(nameOf(table)).catch((error: { readonly codeName?: string }) => {
      if (error.codeName !== 'NamespaceExists') throw error;
    });
  }
  for (const [table, ...columns] of INDEXES) {
    const keys = Object.fromEntries(columns.map((column) => [column, 1 as const]));
    await database.collection(nameOf(table)).createIndex(keys);
  }
}

function rowsOf(database: Db, table: keyof Rows): Collection<RowDocument> {
  return database.collection<RowDocument>(nameOf(table));
}

function nameOf(table: keyof Rows): string {
  return `jobsphere.${table}`;
}

function rowOf(document: RowDocument | null): never {
  if (document === null) return undefined as never;
  const { _id, locks: _, ...row } = document;
  return { id: _id, ...row } as never;
}

function filterOf<Row>({ equal = {}, either }: Where<Row>): Filter<RowDocument> {
  const parts = Object.entries(equal).map(([column, value]) => ({ [keyOf(column)]: { $eq: value } }));
  const any = either?.columns.map((column) => ({ [keyOf(column)]: { $eq: either.value } }));
  return { $and: [{}, ...parts, ...(any ? [{ $or: any }] : [])] } as Filter<RowDocument>;
}

function sortOf<Row>({ order, newestFirst = false }: Part<Row>): Sort {
  const direction = newestFirst ? -1 : 1;
  return { [keyOf(order)]: direction, _id: direction };
}

function keyOf(column: string): string {
  return column === 'id' ? '_id' : column;
}

const INDEXES: readonly (readonly [keyof Rows, ...string[]])[] = [
  ['applications', 'job'],
  ['offers', 'job'],
  ['offers', 'customer'],
  ['transactions', 'sender', 'position'],
  ['transactions', 'receiver', 'position'],
  ['notifications', 'receiver', 'position'],
  ['notifications', 'delivered', 'position'],
];
