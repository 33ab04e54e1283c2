import type { Instant } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import type { Attempt } from './attempt.ts';
import type { AttemptStep } from './attempt-step.ts';
import { mayResend, type ResendRefusal, type ResendStanding } from './may-resend.ts';
import { takeStep } from './take-step.ts';

/**
 * Stores one more send of the same key and bytes. Only a receipt that says `committed` entitles to make the call.
 *
 * @errors
 * - those of {@link mayResend}.
 * @source docs/rules/providers.md, PR-6
 */
export function sendAgain(attempt: Attempt, standing: ResendStanding, at: Instant): Result<AttemptStep, ResendRefusal> {
  return mayResend(attempt, standing, at).map(() => {
    const number = (attempt.sends.at(-1)?.number ?? 0) + 1;
    const sends = [...attempt.sends, { number, at }];
    // After noes that nobody keeps, no key was ever used: its age counts from this send.
    const intentAt = attempt.state.status === 'due' ? at : attempt.intentAt;
    return takeStep(attempt, { sends, intentAt }, at);
  });
}
