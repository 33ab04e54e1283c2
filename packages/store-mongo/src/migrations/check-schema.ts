import type { IndexDescriptionInfo } from 'mongodb';
import type { Collections } from '../collections/open-collections.ts';
import type { MigrationDocument } from '../documents/documents.ts';
import { inTime } from '../sessions/in-time.ts';
import { Refused } from '../sessions/refused.ts';
import { codeOf } from '../sessions/server-error.ts';
import { inSnapshot, type TransactionSource } from '../sessions/transaction.ts';
import { checkServer, withoutTransactions } from './check-server.ts';
import { type NeededIndex, neededIndexes } from './indexes.ts';
import { steps } from './steps.ts';

/**
 * Makes a check that a server can hold books, and that the collections are ones that this code knows, with every index. Once all was fine,
 * nobody asks again.
 */
export function schemaCheck(
  source: TransactionSource,
  collections: Collections,
  namespace: string,
): () => Promise<void> {
  let fine = false;
  return async () => {
    if (fine) return;
    await checkServer(collections.db, source.answerTimeoutMs);
    checkSteps(namespace, await readSteps(source, collections));
    for (const name of new Set(neededIndexes.map(({ collection }) => collection))) {
      const found = await indexesOf(collections, name, source.answerTimeoutMs);
      const needed = neededIndexes.filter(({ collection }) => collection === name);
      const missing = needed.find((index) => !found.some((one) => isSame(one, index)));
      if (missing) throw lacking(namespace, `the index ${missing.name} of ${namespace}.${name}, as it has to be,`);
    }
    fine = true;
  };
}

/** Refuses collections that a newer version has changed in a way that this one does not know. */
export function refuseNewer(namespace: string, done: readonly MigrationDocument[]): void {
  const tooNew = done.find((step) => step._id > steps.length && step.breaking);
  if (!tooNew) return;
  const message = `${namespace} has the step ${tooNew.name}, which this version does not know: update the package`;
  throw new Refused('schema_too_new', message, { retryable: false });
}

function checkSteps(namespace: string, done: readonly MigrationDocument[]): void {
  refuseNewer(namespace, done);
  const missing = steps.find(({ _id }) => !done.some((step) => step._id === _id));
  if (missing) throw lacking(namespace, `the step ${missing.name}`);
}

/** Reads the steps in a transaction, which tells whether the server has any. */
async function readSteps(source: TransactionSource, { migration }: Collections): Promise<readonly MigrationDocument[]> {
  try {
    return await inSnapshot(source, (session) =>
      inTime(migration.find({}, { session }).sort({ _id: 1 }).toArray(), source.answerTimeoutMs),
    );
  } catch (error) {
    throw withoutTransactions(error);
  }
}

async function indexesOf(
  collections: Collections,
  name: NeededIndex['collection'],
  answerTimeoutMs: number,
): Promise<readonly IndexDescriptionInfo[]> {
  try {
    return await inTime(collections[name].indexes(), answerTimeoutMs);
  } catch (error) {
    if (codeOf(error) === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

/** Says whether an index does what is needed, whatever its name. Fields stand in an order. */
function isSame(found: IndexDescriptionInfo, needed: NeededIndex): boolean {
  return (
    JSON.stringify(Object.entries(found.key)) === JSON.stringify(Object.entries(needed.key)) &&
    (found.unique ?? false) === (needed.unique ?? false) &&
    JSON.stringify(found.partialFilterExpression ?? {}) === JSON.stringify(needed.partial ?? {})
  );
}

function lacking(namespace: string, what: string): Refused {
  return new Refused('schema_missing', `${namespace} lacks ${what}: run migrate()`, { retryable: false });
}

const NAMESPACE_NOT_FOUND = 26;
