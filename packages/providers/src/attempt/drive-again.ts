import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Attempt } from './attempt.ts';
import type { AttemptStep } from './attempt-step.ts';
import type { AttemptNotFailed, LookUpFirst } from './refusals.ts';
import { takeStep } from './take-step.ts';

/**
 * Makes a failed attempt due again, under the next key. Look up first: a transfer made by hand meanwhile is to be seen before anything is sent.
 *
 * @errors
 * - `attempt_not_failed`: there is nothing to drive again.
 * - `look_up_first`: no look-up has begun since it failed.
 * @source docs/rules/providers.md, PR-10
 */
export function driveAgain(attempt: Attempt, at: Instant): Result<AttemptStep, AttemptNotFailed | LookUpFirst> {
  const { payout, number, state, lookups, changedAt } = attempt;
  if (state.status !== 'failed') return err({ code: 'attempt_not_failed', payout, number, status: state.status });
  if (lookups.lastAt === undefined || lookups.lastAt < changedAt) return err({ code: 'look_up_first', payout, number });
  return ok(takeStep(attempt, { resolution: { says: 'again', at } }, at));
}
