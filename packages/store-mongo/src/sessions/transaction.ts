import type { ClientSession, Db, MongoClient, TransactionOptions } from 'mongodb';
import { inTime } from './in-time.ts';

import { pause } from './pause.ts';
import { CommitUnknown, hasLabel, isGone, isLost, NoAnswer } from './server-error.ts';
import { supersede } from './supersede.ts';

/** Where transactions come from, and how long an answer may take. */
export interface TransactionSource {
  readonly client: MongoClient;
  readonly db: Db;
  /** Milliseconds to wait for each answer. */
  readonly answerTimeoutMs: number;
}

/**
 * Runs work in one transaction: the snapshot is of one moment, and the commit is on the disks of a majority. Whatever happens, the session is
 * ended: a write outside of a transaction would wait for one that was left open.
 *
 * There is no loop in it: what failed has to be decided anew on fresh reads, by the caller.
 *
 * @throws {@link CommitUnknown} where the commit may have happened. Whatever else it throws, nothing was done.
 */
export function inTransaction<T>(source: TransactionSource, work: (session: ClientSession) => Promise<T>): Promise<T> {
  return run(source, work, supersede);
}

/** Runs work that only reads in one transaction. It is committed too: only then is what was read on a majority. Its doubt is nobody's. */
export async function inSnapshot<T>(
  source: TransactionSource,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  try {
    // It keeps nobody from writing, so that it can be left to the server where it cannot be ended.
    return await run(source, work, async () => {});
  } catch (error) {
    throw error instanceof CommitUnknown ? error.cause : error;
  }
}

async function run<T>(
  source: TransactionSource,
  work: (session: ClientSession) => Promise<T>,
  leave: (source: TransactionSource, session: ClientSession) => Promise<void>,
): Promise<T> {
  const session = source.client.startSession({ causalConsistency: true, snapshot: false });
  const end = () => inTime(session.endSession(), source.answerTimeoutMs).catch(() => undefined);
  try {
    session.startTransaction({ ...concerns, maxCommitTimeMS: source.answerTimeoutMs });
    const result = await work(session);
    await commit(session, source.answerTimeoutMs);
    await session.endSession();
    return result;
  } catch (error) {
    // Rolls back what is open. What nobody knows of is ended in the background.
    if (isLost(error)) void leave(source, session).then(end);
    else await end();
    throw error;
  }
}

/** Commits. Where the answer is lost it asks again on the same session, which the server answers with what it did, a bounded number of times. */
async function commit(session: ClientSession, answerTimeoutMs: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await inTime(session.commitTransaction(), answerTimeoutMs);
    } catch (error) {
      // A server that has lost its memory does not know the transaction, whether it had committed it or not.
      const unknown = tries > 0 || isGone(error) || isUnanswered(error);
      if (!unknown) throw error;
      if (tries + 1 < COMMIT_TRIES && isUnanswered(error) && !(error instanceof NoAnswer)) await pause(4 + tries);
      else throw new CommitUnknown(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof NoAnswer || hasLabel(error, 'UnknownTransactionCommitResult');
}

/** How often a commit is asked for; the driver asks twice each time. */
const COMMIT_TRIES = 4;

/** Said with each transaction, never inherited: a client of the host may have others. */
const concerns: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
};
