import { addDuration, type Duration, type Instant } from '@holdfast/kernel';

/** How often and when a payout that got a definite no is tried again. */
export interface RetryPolicy {
  /** Tries after the first one: 3 means four calls at most. */
  readonly maxRetries: number;
  /** Before the first retry. */
  readonly base: Duration;
  /** By how much each wait is longer than the one before. */
  readonly factor: number;
  /** The longest wait. */
  readonly cap: Duration;
}

/** Three retries, after 5 minutes, 25 minutes and 125 minutes. */
export const defaultRetry: RetryPolicy = {
  maxRetries: 3,
  base: { ms: 300_000 },
  factor: 5,
  cap: { ms: 7_500_000 },
};

/**
 * Says when a payout may be tried again: the due instant of its task, never a sleep.
 *
 * @param retry - Counts from 1.
 * @returns The instant, or nothing where the retries are spent.
 * @source docs/rules/payouts.md, P-18
 */
export function retryAt(policy: RetryPolicy, retry: number, at: Instant): Instant | undefined {
  if (retry > policy.maxRetries) return undefined;
  const ms = Math.min(policy.cap.ms, policy.base.ms * policy.factor ** (retry - 1));
  return addDuration(at, { ms: Math.floor(ms) });
}
