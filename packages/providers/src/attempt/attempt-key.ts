import { createHash } from 'node:crypto';

/** What a key is derived from. */
export interface AttemptName {
  readonly book: string;
  readonly payout: string;
  /** The reversal of the payout that it is of; absent for the payout's own sending. */
  readonly reversal?: number;
  readonly number: number;
}

/**
 * Derives the key of an attempt: the same for the same book, payout, reversal and number, in every process and after every restore, and another for any
 * other.
 *
 * @returns 67 characters of `a-z0-9-`.
 * @source docs/rules/providers.md, PR-2
 */
export function attemptKey({ book, payout, reversal, number }: AttemptName): string {
  const name = reversal === undefined ? [book, payout, number] : [book, payout, number, 'reversal', reversal];
  return `hf-${createHash('sha256').update(JSON.stringify(name)).digest('hex')}`;
}
