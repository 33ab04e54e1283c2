import type { Document } from 'mongodb';
import type { CollectionName } from '../collections/open-collections.ts';

/** An index beside the one of `_id`, which keeps everything but units apart and in order. */
export interface NeededIndex {
  readonly collection: CollectionName;
  readonly name: string;
  readonly key: { readonly [field: string]: 1 };
  readonly unique?: true;
  /** Which documents it holds, where it does not hold all. */
  readonly partial?: Document;
}

/** Every collection that there has to be. */
export const neededCollections: readonly CollectionName[] = [
  'migration',
  'head',
  'batch',
  'unit',
  'account',
  'record',
  'claim',
  'task',
  'text',
];

/** Every index that there has to be. `book` leads each, so that books can be spread over shards. */
export const neededIndexes: readonly NeededIndex[] = [
  // One unit of a key, whatever the code does.
  { collection: 'unit', name: 'unit_key', key: { book: 1, key: 1 }, unique: true },
  { collection: 'unit', name: 'unit_line', key: { book: 1, 'lines.account': 1, sequence: 1 } },
  {
    collection: 'unit',
    name: 'unit_account',
    key: { book: 1, 'accounts.account': 1, sequence: 1 },
    partial: { 'accounts.account': { $exists: true } },
  },
  // One unit of a version of a record: as one text, since not every server pairs two fields of one array.
  {
    collection: 'unit',
    name: 'unit_revision',
    key: { book: 1, revisions: 1 },
    unique: true,
    partial: { revisions: { $exists: true } },
  },
  {
    collection: 'unit',
    name: 'unit_record',
    key: { book: 1, 'records.record': 1, sequence: 1 },
    partial: { 'records.record': { $exists: true } },
  },
  { collection: 'task', name: 'task_due_in_book', key: { book: 1, dueAt: 1, id: 1 } },
  { collection: 'task', name: 'task_due', key: { dueAt: 1, book: 1 } },
];
