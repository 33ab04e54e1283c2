import type { ExecuteFault, Receipt } from '@holdfast/kernel';
import { type ClientSession, MongoError } from 'mongodb';
import type { Connection } from 'mongoose';
import { err, type Result } from 'neverthrow';

/**
 * Changes the shop's documents and the book as one. The work writes its documents on the session and joins the book last; what it answers decides:
 * a receipt commits both, a refusal undoes both.
 *
 * On MongoDB a conflict with another writer ends a transaction, so the work is run again from its first line, by Mongoose, for at most ten seconds:
 * it may touch nothing but the session.
 *
 * @errors What the work answers; a fault with `effect: 'unknown'` where the answer to the commit was lost: ask again with the same key.
 */
export async function inOneTransaction<Refused>(
  connection: Connection,
  work: (session: ClientSession) => Promise<Result<Receipt, Refused | ExecuteFault>>,
): Promise<Result<Receipt, Refused | ExecuteFault>> {
  let done: Result<Receipt, Refused | ExecuteFault> | undefined;
  try {
    await connection.transaction(async (session) => {
      done = await work(session);
      if (done.isErr()) throw isWorthAnotherTry(done.error) ? new BeginAgain() : new Undo();
      // What was done before, under this key, is done: the documents are as they were left then.
      if (done.value.status === 'replayed') throw new Undo();
    }, OPTIONS);
  } catch (error) {
    const isOurs = error instanceof Undo || error instanceof BeginAgain;
    if (isOurs && done) return done;
    if (error instanceof MongoError && error.hasErrorLabel('UnknownTransactionCommitResult')) return err(DOUBT);
    throw error;
  }
  return done as Result<Receipt, Refused | ExecuteFault>;
}

function isWorthAnotherTry(error: unknown): boolean {
  const { fault, retryable, effect } = error as Partial<ExecuteFault>;
  return fault === true && retryable === true && effect === 'none';
}

/** Undoes the transaction: the answer is known already. */
class Undo extends Error {}

/** Tells the driver, in the way that the server does, to run the whole of it again. */
class BeginAgain extends MongoError {
  constructor() {
    super('the book was written by somebody else first');
    this.addErrorLabel('TransientTransactionError');
  }
}

const DOUBT: ExecuteFault = {
  fault: true,
  code: 'store_unavailable',
  message: 'the answer to the commit was lost',
  retryable: true,
  effect: 'unknown',
};
const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  timeoutMS: 10_000,
} as const;
