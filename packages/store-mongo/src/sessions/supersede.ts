import type { ClientSession } from 'mongodb';
import { inTime } from './in-time.ts';
import { codeOf, NoAnswer } from './server-error.ts';
import type { TransactionSource } from './transaction.ts';

/**
 * Ends what a session may have left open, so that whoever wants to write the same need not wait until the server misses it, a minute or longer.
 *
 * Where an answer was lost, nobody knows whether a rollback arrives, and after a commit the driver sends none. But a transaction that is begun
 * on a session ends the one before it; so one is begun, as often as it takes.
 */
export async function supersede(source: TransactionSource, session: ClientSession): Promise<void> {
  let silences = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      if (session.inTransaction()) await inTime(session.abortTransaction(), source.answerTimeoutMs);
      session.startTransaction({ readConcern: { level: 'snapshot' }, readPreference: 'primary' });
      const nothing = source.db.collection('holdfast').findOne({ _id: { $exists: false } }, { session });
      return void (await inTime(nothing, source.answerTimeoutMs));
    } catch (error) {
      // A server that answers has ended the one before.
      if (codeOf(error) !== undefined || isClosed(error)) return;
      // Each question that is not answered keeps a connection.
      if (error instanceof NoAnswer && ++silences === MOST_SILENCES) return;
      await rest(Math.min(5_000, 50 * 2 ** tries));
    }
  }
}

function isClosed(error: unknown): boolean {
  const name = (error as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' && CLOSED.has(name);
}

/** Keeps no process alive. */
function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

const CLOSED: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoExpiredSessionError',
]);

/** For about a minute: by then the server has ended it. */
const MOST_TRIES = 18;
const MOST_SILENCES = 2;
