import { Defect, show } from '@holdfast/kernel';
import type { Collection, Db, DbOptions, Document, MongoClient } from 'mongodb';
import type {
  AccountDocument,
  BatchDocument,
  ClaimDocument,
  HeadDocument,
  MigrationDocument,
  RecordDocument,
  TaskDocument,
  TextDocument,
  UnitDocument,
} from '../documents/documents.ts';

/** The collections of a store. Each name begins with the namespace and a point, so a database can hold several. */
export interface Collections {
  readonly db: Db;
  readonly migration: Collection<MigrationDocument>;
  readonly head: Collection<HeadDocument>;
  readonly batch: Collection<BatchDocument>;
  readonly unit: Collection<UnitDocument>;
  readonly account: Collection<AccountDocument>;
  readonly record: Collection<RecordDocument>;
  readonly claim: Collection<ClaimDocument>;
  readonly task: Collection<TaskDocument>;
  readonly text: Collection<TextDocument>;
}

/** The part of a collection's name that follows the namespace. */
export type CollectionName = Exclude<keyof Collections, 'db'>;

/**
 * Opens the collections of a namespace, with everything that a host's client could have changed said anew: concerns, and how documents are
 * written and read.
 *
 * @throws A defect when a name is none: it comes from configuration.
 */
export function openCollections(client: MongoClient, database: string | undefined, namespace: string): Collections {
  if (typeof namespace !== 'string' || !/^[a-z][a-z0-9_]{0,47}$/.test(namespace))
    throw new Defect(
      `namespace is ${show(namespace)}; allowed is a lower-case letter, then at most 47 lower-case letters, digits and _`,
    );
  if (database !== undefined && (typeof database !== 'string' || database === ''))
    throw new Defect(`database is ${show(database)}, and has to be the name of one`);
  if (typeof (client as Partial<MongoClient> | null)?.startSession !== 'function')
    throw new Defect('client is no MongoClient');
  const db = client.db(database, settings);
  const open = <Row extends Document>(name: CollectionName): Collection<Row> =>
    db.collection<Row>(`${namespace}.${name}`, { readConcern: { level: 'majority' } });
  return {
    db,
    migration: open('migration'),
    head: open('head'),
    batch: open('batch'),
    unit: open('unit'),
    account: open('account'),
    record: open('record'),
    claim: open('claim'),
    task: open('task'),
    text: open('text'),
  };
}

const settings: DbOptions = {
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
  retryWrites: true,
  promoteValues: true,
  promoteLongs: true,
  promoteBuffers: false,
  useBigInt64: false,
  bsonRegExp: false,
  raw: false,
  serializeFunctions: false,
  ignoreUndefined: false,
  enableUtf8Validation: true,
  checkKeys: false,
  forceServerObjectId: false,
};
