import { createHash } from 'node:crypto';

/** What a key is derived from. */
export interface AttemptName {
  readonly book: string;
  readonly payout: string;
  readonly number: number;
}

/**
 * Derives the key of an attempt: the same for the same book, payout and number, in every process and after every restore, and another for any other.
 *
 * @returns 67 characters of `a-z0-9-`.
 * @source docs/rules/providers.md, PR-2
 */
export function attemptKey({ book, payout, number }: AttemptName): string {
  return `hf-${createHash('sha256')
    .update(JSON.stringify([book, payout, number]))
    .digest('hex')}`;
}
