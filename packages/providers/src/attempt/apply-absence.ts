import { type Instant, laterOf } from '@holdfast/kernel';
import type { Attempt, AttemptLookups } from './attempt.ts';
import type { AttemptStep } from './attempt-step.ts';
import { takeStep } from './take-step.ts';

/** A look-up that was answered and found nothing of the attempt. */
export interface Absence {
  /** When the look-up began: it says nothing of sends after that. */
  readonly lookedAt: Instant;
  /** Whether the provider says that there is nothing: every page was read, of the account and mode that were sent to. */
  readonly conclusive: boolean;
}

/**
 * Applies that a look-up found nothing of the attempt.
 *
 * After silence that proves nothing: the same key and bytes may be sent again while the provider keeps keys; after that, or where the provider's
 * look-up is weak, the attempt waits for an operator. After a 5xx absence counts from the repair horizon on, and the key then advances.
 *
 * @source docs/rules/providers.md, PR-6, PR-7
 */
export function applyAbsence(attempt: Attempt, { lookedAt, conclusive }: Absence, at: Instant): AttemptStep {
  return takeStep(attempt, { lookups: lookedUp(attempt, { lookedAt, conclusive }) }, at);
}

/** Counts a look-up. */
export function lookedUp({ lookups, power }: Attempt, { lookedAt, conclusive }: Absence): AttemptLookups {
  const { count, lastAt, absentAt } = lookups;
  const absent = conclusive && power.lookup.consistency === 'strong' ? later(absentAt, lookedAt) : absentAt;
  return {
    count: count + 1,
    lastAt: later(lastAt, lookedAt),
    ...(absent === undefined ? {} : { absentAt: absent }),
  };
}

function later(known: Instant | undefined, at: Instant): Instant {
  return known === undefined ? at : laterOf(known, at);
}
