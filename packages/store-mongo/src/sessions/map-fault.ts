import { Defect, type StoreFault, storeFault } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { CorruptDocument } from '../documents/corrupt-document.ts';
import { Refused } from './refused.ts';
import { CommitUnknown, codeOf, hasLabel, NoAnswer } from './server-error.ts';

/** What a lost answer may mean: a write that nobody saw, or nothing, since nothing could have been written. */
export type IfLost = 'unknown' | 'none';

/**
 * Runs work that may throw, and gives what went wrong as a fault. Defects go through.
 *
 * @param ifLost - For writes outside of a transaction `unknown`. A transaction itself says when its commit is in doubt.
 */
export async function guarded<T>(ifLost: IfLost, work: () => Promise<T>): Promise<Result<T, StoreFault>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof Defect) throw error;
    return err(mapFault(error, ifLost));
  }
}

/** Gives the fault that an error stands for. Names, numbers and labels are read, never classes: a host may have a driver of its own. */
export function mapFault(error: unknown, ifLost: IfLost): StoreFault {
  if (error instanceof Refused) return error.fault;
  if (error instanceof CommitUnknown)
    return { ...mapFault(error.cause, 'unknown'), retryable: true, effect: 'unknown' };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CorruptDocument)
    return storeFault('store_corrupt', message, { retryable: false, effect: 'none' });
  if (error instanceof NoAnswer) return storeFault('store_timeout', message, { retryable: true, effect: ifLost });
  const code = codeOf(error);
  if (code === undefined) return mapDriverError(error, message, ifLost);
  const said = `${code}: ${message}`;
  const known = KNOWN[code];
  if (known) {
    const lost = known === 'store_unavailable' || known === 'store_timeout';
    return storeFault(known, said, { retryable: known !== 'schema_missing', effect: lost ? ifLost : 'none' });
  }
  if (hasLabel(error, 'TransientTransactionError'))
    return storeFault('store_unavailable', said, { retryable: true, effect: ifLost });
  return storeFault('store_refused', said, { retryable: false, effect: 'none' });
}

/** What the driver itself says: either that there is no server, or that what it was given makes no sense. */
function mapDriverError(error: unknown, message: string, ifLost: IfLost): StoreFault {
  const name = (error as { readonly name?: unknown } | null)?.name;
  if (typeof name === 'string' && SENSELESS.has(name))
    return storeFault('store_refused', message, { retryable: false, effect: 'none' });
  return storeFault('store_unavailable', message, { retryable: true, effect: ifLost });
}

const SENSELESS: ReadonlySet<string> = new Set([
  'BSONError',
  'BSONRuntimeError',
  'BSONVersionError',
  'MongoInvalidArgumentError',
  'MongoCompatibilityError',
  'MongoMissingDependencyError',
  'MongoTransactionError',
  'MongoParseError',
  'MongoBatchReExecutionError',
  'RangeError',
  'TypeError',
]);

/** By the number of the server's error. All others are a "no" to the command itself. */
const KNOWN: { readonly [code: number]: StoreFault['code'] } = {
  // Somebody else writes what we want to write.
  24: 'book_busy',
  112: 'book_busy',
  // The collection, or its index, is not there.
  26: 'schema_missing',
  27: 'schema_missing',
  // Too late: the command, the transaction, the majority.
  50: 'store_timeout',
  64: 'store_timeout',
  202: 'store_timeout',
  262: 'store_timeout',
  290: 'store_timeout',
  // The server goes, is gone, or is no longer the primary.
  6: 'store_unavailable',
  7: 'store_unavailable',
  89: 'store_unavailable',
  91: 'store_unavailable',
  133: 'store_unavailable',
  189: 'store_unavailable',
  234: 'store_unavailable',
  9001: 'store_unavailable',
  10058: 'store_unavailable',
  10107: 'store_unavailable',
  11600: 'store_unavailable',
  11602: 'store_unavailable',
  13435: 'store_unavailable',
  13436: 'store_unavailable',
  // The transaction or its snapshot was ended by the server.
  239: 'store_unavailable',
  244: 'store_unavailable',
  246: 'store_unavailable',
  251: 'store_unavailable',
  267: 'store_unavailable',
};
