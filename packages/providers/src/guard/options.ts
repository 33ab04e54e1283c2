import { type Duration, type Instant, instantAt } from '@holdfast/kernel';
import type { Breaker } from '../breaker/breaker.ts';
import type { BreakerSettings } from '../breaker/settings.ts';
import type { BulkheadSettings } from '../bulkhead/bulkhead.ts';
import { checkTimeout, type Timer } from '../bulkhead/with-timeout.ts';
import { exponentialBackoff } from '../retry/backoff.ts';
import { type RetryPolicy, retryPolicy } from '../retry/next-retry.ts';

/** What a guard watches over, each with a breaker of its own: a send and a look-up never share one, and no webhook passes any. */
export type GuardedCall = 'submit' | 'lookup' | 'listSince' | 'quote' | 'probe';

/** How a provider is guarded. Everything has a default. */
export interface GuardOptions {
  /** The process's clock where it is absent. */
  readonly clock?: () => Instant;
  /** From 0 up to 1. */
  readonly random?: () => number;
  /** How long a send and a read may take: 15 s and 10 s, together less than half of a lease of a minute. */
  readonly submitTimeout?: Duration;
  readonly readTimeout?: Duration;
  /** Places for sends; reads have as many of their own, so that hanging sends keep no look-up out. */
  readonly bulkhead?: Partial<BulkheadSettings>;
  /** How often a read is tried again in the process. A send never is. */
  readonly readRetries?: RetryPolicy;
  readonly breaker?: Partial<BreakerSettings>;
  /** Gives the breaker of a call, such as one that processes share; one in memory where it is absent. Asked once for each name. */
  readonly breakerFor?: (name: string) => Breaker;
  readonly timer?: Timer;
}

/** Options with nothing left open. */
export type FullGuardOptions = Required<Omit<GuardOptions, 'breakerFor' | 'timer'>> &
  Pick<GuardOptions, 'breakerFor' | 'timer'>;

/**
 * Completes the options of a guard and checks them.
 *
 * @throws Defect where a duration cannot be.
 */
export function guardOptions(given: GuardOptions): FullGuardOptions {
  const options = {
    clock: () => instantAt(Date.now()),
    random: Math.random,
    submitTimeout: { ms: 15_000 },
    readTimeout: { ms: 10_000 },
    bulkhead: {},
    readRetries: retryPolicy({ backoff: exponentialBackoff({ base: { ms: 200 }, most: { ms: 2_000 } }) }),
    breaker: {},
    ...given,
  };
  checkTimeout(options.submitTimeout);
  checkTimeout(options.readTimeout);
  return options;
}

/** A read waits no longer than this for its next try; what has to wait longer is the scheduler's. */
export const MOST_WAIT_MS = 30_000;
