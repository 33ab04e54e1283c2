import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Attempt } from './attempt.ts';
import type { AttemptStep } from './attempt-step.ts';
import type { AttemptNotWaiting } from './refusals.ts';
import { takeStep } from './take-step.ts';

/**
 * An operator says that nothing, or in a conflict nothing more, moved and will move. What is in transit goes back to owed; where nothing had moved the
 * key advances.
 *
 * @param evidence - What it rests on, such as the provider's written answer; kept.
 * @errors
 * - `attempt_not_waiting`: it neither waits for an operator nor is in conflict.
 * @source docs/rules/providers.md, PR-10
 */
export function assertAbsent(attempt: Attempt, evidence: string, at: Instant): Result<AttemptStep, AttemptNotWaiting> {
  const { payout, number, state } = attempt;
  if (state.status !== 'waiting' && state.status !== 'conflict') {
    return err({ code: 'attempt_not_waiting', payout, number, status: state.status });
  }
  return ok(takeStep(attempt, { resolution: { says: 'absent', evidence, at } }, at));
}
