import type { IndexDescription } from 'mongodb';
import { type Collections, openCollections } from '../collections/open-collections.ts';
import { inTime } from '../sessions/in-time.ts';
import { pause } from '../sessions/pause.ts';
import { Refused } from '../sessions/refused.ts';
import { codeOf, isDuplicate } from '../sessions/server-error.ts';
import type { TransactionSource } from '../sessions/transaction.ts';
import { refuseNewer } from './check-schema.ts';
import { checkServer } from './check-server.ts';
import { neededCollections, neededIndexes } from './indexes.ts';
import { steps } from './steps.ts';

/** Makes what a namespace lacks. Each part is harmless when it is there already, so any number of processes may try at once. */
export async function runMigrations(
  source: Pick<TransactionSource, 'client' | 'answerTimeoutMs'>,
  { database, namespace }: { readonly database: string | undefined; readonly namespace: string },
): Promise<readonly string[]> {
  const collections = openCollections(source.client, database, namespace);
  await checkServer(collections.db, source.answerTimeoutMs);
  const work = async (): Promise<readonly string[]> => {
    refuseNewer(namespace, await collections.migration.find({}).sort({ _id: 1 }).toArray());
    await createCollections(collections, namespace);
    await createIndexes(collections);
    return noteSteps(collections);
  };
  for (let tries = 0; ; tries++) {
    try {
      return await inTime(work(), source.answerTimeoutMs);
    } catch (error) {
      if (tries === MOST_TRIES || !AGAIN.has(codeOf(error) ?? 0)) throw conflicting(error);
      await pause(4 + tries);
    }
  }
}

async function createCollections({ db }: Collections, namespace: string): Promise<void> {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  for (const name of neededCollections) {
    if (there.has(`${namespace}.${name}`)) continue;
    try {
      await db.createCollection(`${namespace}.${name}`);
    } catch (error) {
      if (codeOf(error) !== NAMESPACE_EXISTS) throw error;
    }
  }
}

async function createIndexes(collections: Collections): Promise<void> {
  for (const name of new Set(neededIndexes.map(({ collection }) => collection))) {
    const indexes = neededIndexes
      .filter(({ collection }) => collection === name)
      .map(
        ({ name: indexName, key, unique, partial }): IndexDescription => ({
          name: indexName,
          key: { ...key },
          ...(unique ? { unique } : {}),
          ...(partial ? { partialFilterExpression: partial } : {}),
        }),
      );
    await collections[name].createIndexes(indexes);
  }
}

/** Notes the steps, and gives the names of those that nobody had noted before. */
async function noteSteps({ migration }: Collections): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const { _id, name, breaking } of steps) {
    try {
      const { upsertedCount } = await migration.updateOne(
        { _id: { $eq: _id } },
        { $setOnInsert: { name, breaking } },
        { upsert: true },
      );
      if (upsertedCount > 0) ran.push(name);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  return ran;
}

function conflicting(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== 85 && code !== 86) return error;
  const message = `an index of the same name is another one: ${error instanceof Error ? error.message : String(error)}`;
  return new Refused('schema_missing', message, { retryable: false });
}

const NAMESPACE_EXISTS = 48;
/** What many who try at once can meet: a write conflict, a collection that changes, an index that somebody else builds. */
const AGAIN: ReadonlySet<number> = new Set([24, 112, 117, 187, 201, 211, 276, 278]);
const MOST_TRIES = 20;
