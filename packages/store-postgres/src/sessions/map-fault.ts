import { Defect, type StoreFault, storeFault } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { CorruptRow } from '../sql/decode-row.ts';
import { Refused } from './refused.ts';
import { NoAnswer, NotConnected, RolledBack, sqlState } from './session-error.ts';

/** What a lost answer may mean: a commit that nobody saw, or nothing, since nothing was about to be committed. */
export type IfLost = 'unknown' | 'none';

/** Runs work that may throw, and gives what went wrong as a fault. Defects go through. */
export async function guarded<T>(ifLost: IfLost, work: () => Promise<T>): Promise<Result<T, StoreFault>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof Defect) throw error;
    return err(mapFault(error, ifLost));
  }
}

/** Gives the fault that an error stands for. Only the SQLSTATE is read: names in messages differ between engines. */
export function mapFault(error: unknown, ifLost: IfLost): StoreFault {
  if (error instanceof Refused) return error.fault;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CorruptRow) return storeFault('store_corrupt', message, { retryable: false, effect: 'none' });
  if (error instanceof NotConnected)
    return storeFault('store_unavailable', message, { retryable: true, effect: 'none' });
  if (error instanceof NoAnswer) return storeFault('store_timeout', message, { retryable: true, effect: ifLost });
  if (error instanceof RolledBack) return storeFault('store_refused', message, { retryable: true, effect: 'none' });
  const state = sqlState(error);
  if (state === undefined || isLost(state))
    return storeFault('store_unavailable', message, { retryable: true, effect: ifLost });
  const said = `${state}: ${message}`;
  const known = KNOWN[state] ?? KNOWN[state.slice(0, 2)];
  if (known) return storeFault(known, said, { retryable: known !== 'schema_missing', effect: 'none' });
  return storeFault('store_refused', said, { retryable: false, effect: 'none' });
}

/** The connection went, or the server's process did: after the commit or before it, nobody knows. */
function isLost(state: string): boolean {
  return state.startsWith('08') || LOST.has(state);
}

const LOST: ReadonlySet<string> = new Set(['57P01', '57P02', '57P05', '40003']);

/** By SQLSTATE, or by its class. Each of them ends the transaction before its commit. */
const KNOWN: { readonly [state: string]: StoreFault['code'] } = {
  '57014': 'store_timeout',
  '25P03': 'store_timeout',
  '25P04': 'store_timeout',
  '55P03': 'book_busy',
  '40001': 'book_busy',
  '40P01': 'book_busy',
  '25006': 'store_unavailable',
  '57P03': 'store_unavailable',
  '53': 'store_unavailable',
  '3D000': 'store_unavailable',
  '3F000': 'schema_missing',
  '42P01': 'schema_missing',
  '42703': 'schema_missing',
};
