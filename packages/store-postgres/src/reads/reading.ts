import type { StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import type { SqlRow } from '../sessions/sql-session.ts';

/** Runs one statement that reads, and decodes its rows. */
export type Reading = <T>(
  text: string,
  values: readonly (string | null)[],
  decode: (rows: readonly SqlRow[]) => T,
) => Promise<Result<T, StoreFault>>;
