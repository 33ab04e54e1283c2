import { addDuration, Defect, type Instant, laterOf, show } from '@holdfast/kernel';
import type { Backoff } from './backoff.ts';

/** How often something is tried again, and how long it waits in between. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  readonly backoff: Backoff;
}

/** What has failed so far. */
export interface FailedTry {
  readonly at: Instant;
  /** How often it has failed, this time included. */
  readonly failures: number;
  /** From 0 up to 1. */
  readonly random: number;
  /** Not before this instant, where the other side said so. */
  readonly retryAt?: Instant;
}

/**
 * Says when to try again: an instant, never a sleep. What the other side asked for wins where it is later.
 *
 * @returns The instant, or `spent` where it was tried as often as the policy allows.
 * @source docs/rules/providers.md, B-9
 */
export function nextRetry(
  { retries, backoff }: RetryPolicy,
  { at, failures, random, retryAt }: FailedTry,
): { readonly dueAt: Instant } | 'spent' {
  if (failures > retries) return 'spent';
  const dueAt = addDuration(at, { ms: waitMs(backoff, failures, random) });
  return { dueAt: retryAt === undefined ? dueAt : laterOf(dueAt, retryAt) };
}

/**
 * Completes a policy and checks it: three retries where nothing else is said.
 *
 * @throws Defect where it cannot be tried that often: 0 to 100 times.
 * @source docs/rules/providers.md, B-9
 */
export function retryPolicy({
  retries = 3,
  backoff,
}: {
  readonly retries?: number;
  readonly backoff: Backoff;
}): RetryPolicy {
  if (!Number.isInteger(retries) || retries < 0 || retries > 100)
    throw new Defect(`retries are from 0 to 100, not ${show(retries)}`);
  return { retries, backoff };
}

function waitMs(backoff: Backoff, failures: number, random: number): number {
  switch (backoff.kind) {
    case 'none':
      return 0;
    case 'fixed':
      return backoff.every.ms;
    case 'exponential':
      return Math.floor(random * Math.min(backoff.most.ms, backoff.base.ms * 2 ** Math.min(failures - 1, 40)));
  }
}
