import type { Db, Document } from 'mongodb';
import { inTime } from '../sessions/in-time.ts';
import { Refused } from '../sessions/refused.ts';
import { codeOf } from '../sessions/server-error.ts';

/**
 * Connects the client, and refuses a server that has no transactions: one that stands alone, or is too old.
 *
 * A client that was never connected does it by itself, but once only: if there was no server then, each later call would fail for ever.
 */
export async function checkServer(db: Db, answerTimeoutMs: number): Promise<void> {
  await inTime(db.client.connect(), answerTimeoutMs);
  const hello = await inTime(db.command({ hello: 1 }), answerTimeoutMs);
  if (!isReplicaSet(hello))
    throw unfit('the server is no member of a replica set, and a server that stands alone has no transactions');
  const version: unknown = hello.maxWireVersion;
  if (typeof version !== 'number' || version < MONGODB_5_0) throw unfit('the server is older than MongoDB 5.0');
  if (typeof hello.logicalSessionTimeoutMinutes !== 'number')
    throw unfit('the server has no sessions, and so no transactions');
}

/** Gives what an error means where a transaction was tried for the first time: some servers say only then that they have none. */
export function withoutTransactions(error: unknown): unknown {
  const code = codeOf(error);
  if (code === ILLEGAL_OPERATION || code === NOT_IN_A_TRANSACTION || code === NO_SUCH_COMMAND)
    return unfit(`the server has no transactions (${code}: ${error instanceof Error ? error.message : String(error)})`);
  return error;
}

function isReplicaSet(hello: Document): boolean {
  return typeof hello.setName === 'string' || hello.msg === 'isdbgrid';
}

function unfit(why: string): Refused {
  return new Refused(
    'store_unavailable',
    `${why}: a book needs a replica set (one member is enough) or a sharded cluster`,
    {
      retryable: false,
    },
  );
}

const MONGODB_5_0 = 13;
const ILLEGAL_OPERATION = 20;
const NO_SUCH_COMMAND = 59;
const NOT_IN_A_TRANSACTION = 263;
