import type { Observation } from '../port/observation.ts';
import type { Attempt } from './attempt.ts';

/** Names an attempt in what the provider stores, so that every observation says whose it is. */
export interface AttemptMark {
  readonly book: string;
  readonly payout: string;
  /** The reversal of the payout that it is of; absent for the payout's own sending. */
  readonly reversal?: number;
  readonly number: number;
  readonly epoch: number;
}

/** Writes the mark of an attempt as metadata: `book`, `payout`, `attempt`, `epoch`, and `reversal` where it is of one. */
export function attemptMetadata(mark: AttemptMark): { readonly [name: string]: string } {
  const { book, payout, reversal, number, epoch } = mark;
  const of = reversal === undefined ? {} : { reversal: `${reversal}` };
  return { book, payout, ...of, attempt: `${number}`, epoch: `${epoch}` };
}

/**
 * Reads whose an observation is, or a return of money that it tells of.
 *
 * @returns `undefined` where it carries no mark, or one that is not well-formed: made by hand, or by somebody else.
 */
export function readAttemptMark({ metadata = {} }: Partial<Pick<Observation, 'metadata'>>): AttemptMark | undefined {
  const { book, payout, reversal, attempt = '', epoch = '' } = metadata;
  if (book === undefined || payout === undefined || !WHOLE.test(attempt) || !WHOLE.test(epoch)) return undefined;
  if (reversal !== undefined && !WHOLE.test(reversal)) return undefined;
  const of = reversal === undefined ? {} : { reversal: Number(reversal) };
  return { book, payout, ...of, number: Number(attempt), epoch: Number(epoch) };
}

/** Says whether an observation carries the mark of an attempt. The epoch may be another: a restored book makes the same attempt again. */
export function isOfAttempt({ book, payout, reversal, number }: Attempt, observation: Observation): boolean {
  const mark = readAttemptMark(observation);
  if (mark === undefined || mark.book !== book || mark.payout !== payout) return false;
  return mark.reversal === reversal && mark.number === number;
}

const WHOLE = /^(?:0|[1-9]\d{0,8})$/;
