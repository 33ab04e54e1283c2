import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientSession, type MongoClient, MongoError } from 'mongodb';
import { hostTrouble } from './host-trouble.ts';

/** What becomes of a transaction, by what its work gave. */
export type Verdict = 'commit' | 'abort' | 'begin_again';

/**
 * Runs work in a transaction. On MongoDB a conflict with another transaction ends this one, so the work is run again from its first line: it may touch
 * nothing but the session.
 *
 * @throws A `HostTrouble` when the server does not answer, or when others came first every time.
 */
export async function mongoTransaction<T>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<T>,
  verdict: (done: T) => Verdict,
): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    const done = await once(client, work, verdict);
    if (done !== AGAIN) return done.value;
    if (turn === MOST_TURNS) throw hostTrouble('other transactions came first every time', 'none', undefined);
    await sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 2 ** turn));
  }
}

async function once<T>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<T>,
  verdict: (done: T) => Verdict,
): Promise<{ readonly value: T } | typeof AGAIN> {
  const session = client.startSession({ defaultTransactionOptions: CONCERNS });
  try {
    session.startTransaction();
    const value = await work(session);
    const said = verdict(value);
    if (said === 'commit') return (await commit(session)) ? { value } : AGAIN;
    await session.abortTransaction();
    return said === 'abort' ? { value } : AGAIN;
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => {});
    if (isConflict(error)) return AGAIN;
    throw isConnectionTrouble(error) ? hostTrouble('the host database does not answer', 'none', error) : error;
  } finally {
    await session.endSession();
  }
}

/** Commits; false where the server ended the transaction instead. Asking again whether it is committed is harmless. */
async function commit(session: ClientSession): Promise<boolean> {
  for (let turn = 1; ; turn += 1) {
    try {
      await session.commitTransaction();
      return true;
    } catch (error) {
      if (hasLabel(error, 'UnknownTransactionCommitResult')) {
        if (turn === MOST_COMMITS) throw hostTrouble('the answer to the commit was lost', 'unknown', error);
      } else if (hasLabel(error, 'TransientTransactionError')) return false;
      else throw hostTrouble('the commit failed', 'unknown', error);
    }
  }
}

function isConflict(error: unknown): boolean {
  // Two who write a new row at once meet in its key.
  return hasLabel(error, 'TransientTransactionError') || (error instanceof MongoError && error.code === 11_000);
}

function isConnectionTrouble(error: unknown): boolean {
  return error instanceof MongoError && /Network|ServerSelection|Timeout/.test(error.name);
}

function hasLabel(error: unknown, label: string): boolean {
  return error instanceof MongoError && error.hasErrorLabel(label);
}

const AGAIN = Symbol('again');
const MOST_TURNS = 100;
const MOST_COMMITS = 3;
const LONGEST_WAIT_MS = 200;
const CONCERNS = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } } as const;
