import type { ClientSession, MongoClient, TransactionOptions } from 'mongodb';
import { inTime } from './in-time.ts';
import { pause } from './pause.ts';
import { CommitUnknown, hasLabel, isGone, NoAnswer } from './server-error.ts';

/** Where transactions come from, and how long an answer may take. */
export interface TransactionSource {
  readonly client: MongoClient;
  /** Milliseconds to wait for each answer. */
  readonly answerTimeoutMs: number;
}

/**
 * Runs work in one transaction: the snapshot is of one moment, and the commit is on the disks of a majority. Whatever happens, the session is
 * ended: a write outside of a transaction would wait for one that was left open.
 *
 * There is no loop in it: what failed has to be decided anew on fresh reads, by the caller. A read alone is committed too: only then is what
 * was read on a majority.
 *
 * @throws {@link CommitUnknown} where the commit may have happened. Whatever else it throws, nothing was done.
 */
export async function inTransaction<T>(
  { client, answerTimeoutMs }: TransactionSource,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = client.startSession({ causalConsistency: true, snapshot: false });
  try {
    session.startTransaction({ ...concerns, maxCommitTimeMS: answerTimeoutMs });
    const result = await work(session);
    await commit(session, answerTimeoutMs);
    return result;
  } finally {
    // Rolls back what is still open. Where that fails too, the server does it when it misses the session.
    await inTime(session.endSession(), answerTimeoutMs).catch(() => undefined);
  }
}

/** Commits. Where the answer is lost it asks again on the same session, which the server answers with what it did, a bounded number of times. */
async function commit(session: ClientSession, answerTimeoutMs: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await inTime(session.commitTransaction(), answerTimeoutMs);
    } catch (error) {
      // A server that has lost its memory does not know the transaction, whether it had committed it or not.
      const unknown = tries > 0 || isGone(error) || isLost(error);
      if (!unknown) throw error;
      if (tries + 1 < COMMIT_TRIES && isLost(error) && !(error instanceof NoAnswer)) await pause(4 + tries);
      else throw new CommitUnknown(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
}

function isLost(error: unknown): boolean {
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
