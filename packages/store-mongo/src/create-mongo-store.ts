import { Defect, type Store, show } from '@holdfast/kernel';
import type { ClientSession, MongoClient } from 'mongodb';
import { openCollections } from './collections/open-collections.ts';
import { schemaCheck } from './migrations/check-schema.ts';
import { projections } from './reads/projections.ts';
import { reads } from './reads/reads.ts';
import { hostRounds } from './rounds/host-rounds.ts';
import { runLocked } from './rounds/locked.ts';
import { freeRounds } from './rounds/rounds.ts';
import type { StoreContext } from './rounds/store-context.ts';
import { tasks } from './tasks/tasks.ts';

/** How {@link createMongoStore} works. */
export interface MongoStoreOptions {
  /** A `MongoClient` of a replica set or a sharded cluster. It stays the host's: the store connects it at its first call, where nobody has, and never closes it. With Mongoose: `connection.getClient()`. */
  readonly client: MongoClient;
  /** The database; the one that the client's connection string names where absent. */
  readonly database?: string;
  /** With which the names of all collections begin: a lower-case letter, then at most 47 of a–z, 0–9 and `_`. `holdfast` where absent. */
  readonly namespace?: string;
  /** Milliseconds to wait for a book's lock, 5,000 where absent. */
  readonly lockTimeoutMs?: number;
  /** Milliseconds to wait for an answer before a call is given up, 30,000 where absent. What was sent may still happen. */
  readonly answerTimeoutMs?: number;
}

/**
 * Makes a store on MongoDB. Nothing is asked of the server before the first call. A server without transactions, collections or indexes that
 * are missing, or collections newer than this code knows, are a fault of that call.
 *
 * Every call answers with a fault rather than throw: whatever happens to the database, its `effect` says what may have been done. All concerns
 * are the store's own: nothing is inherited from the client.
 *
 * @throws A defect when an option is none: a namespace, a timeout, a client.
 */
export function createMongoStore(given: MongoStoreOptions): Store<ClientSession> {
  // Own properties alone: what a polluted prototype offers is no option.
  const options: MongoStoreOptions = Object.assign(Object.create(null), given);
  const { client, database, namespace = 'holdfast' } = options;
  const lockTimeoutMs = timeout('lockTimeoutMs', options.lockTimeoutMs ?? 5_000);
  const answerTimeoutMs = timeout('answerTimeoutMs', options.answerTimeoutMs ?? 30_000);
  const collections = openCollections(client, database, namespace);
  const source = { client, db: collections.db, answerTimeoutMs };
  const check = schemaCheck(source, collections, namespace);
  const context: StoreContext = { ...source, lockTimeoutMs, collections, check };
  return {
    ...freeRounds(context),
    ...reads(context),
    ...projections(context),
    ...tasks(context),
    locked: (book, work) => runLocked(context, book, work),
    within: (session, book) => hostRounds(context, session, book),
    close: async () => {},
  };
}

function timeout(name: string, ms: number): number {
  if (Number.isInteger(ms) && ms > 0 && ms <= LONGEST_TIMEOUT_MS) return ms;
  throw new Defect(`${name} is ${show(ms)}; allowed is a whole number of milliseconds from 1 to ${LONGEST_TIMEOUT_MS}`);
}

/** A day: a timer of more than 24 days fires at once. */
const LONGEST_TIMEOUT_MS = 86_400_000;
