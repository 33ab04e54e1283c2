import type { Observation } from '../port/observation.ts';
import type { Attempt } from './attempt.ts';

/** Names an attempt in what the provider stores, so that every observation says whose it is. */
export interface AttemptMark {
  readonly book: string;
  readonly payout: string;
  readonly number: number;
  readonly epoch: number;
}

/** Writes the mark of an attempt as metadata: `book`, `payout`, `attempt`, `epoch`. */
export function attemptMetadata({ book, payout, number, epoch }: AttemptMark): { readonly [name: string]: string } {
  return { book, payout, attempt: `${number}`, epoch: `${epoch}` };
}

/**
 * Reads whose an observation is.
 *
 * @returns `undefined` where it carries no mark, or one that is not well-formed: made by hand, or by somebody else.
 */
export function readAttemptMark({ metadata }: Observation): AttemptMark | undefined {
  const { book, payout, attempt = '', epoch = '' } = metadata;
  if (book === undefined || payout === undefined || !WHOLE.test(attempt) || !WHOLE.test(epoch)) return undefined;
  return { book, payout, number: Number(attempt), epoch: Number(epoch) };
}

/** Says whether an observation carries the mark of an attempt. The epoch may be another: a restored book makes the same attempt again. */
export function isOfAttempt({ book, payout, number }: Attempt, observation: Observation): boolean {
  const mark = readAttemptMark(observation);
  return mark !== undefined && mark.book === book && mark.payout === payout && mark.number === number;
}

const WHOLE = /^(?:0|[1-9]\d{0,8})$/;
