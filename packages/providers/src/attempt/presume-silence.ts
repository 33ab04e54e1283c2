import type { Instant } from '@holdfast/kernel';
import { withAnswer } from './apply-outcome.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptStep } from './attempt-step.ts';
import { takeStep } from './take-step.ts';

/**
 * Presumes that nobody will report how a send ended: its worker's lease is over. An answer that is reported after all counts.
 *
 * @param sentBefore - Sends stored earlier than this are presumed lost, exclusive.
 * @source docs/rules/providers.md, PR-3
 */
export function presumeSilence(attempt: Attempt, sentBefore: Instant, at: Instant): AttemptStep {
  const lost = attempt.sends.filter(({ answer, at: sentAt }) => answer === undefined && sentAt < sentBefore);
  const sends = lost.reduce(
    (known, { number }) => withAnswer(known, { send: number, answer: { kind: 'presumed_silence' }, at }),
    attempt.sends,
  );
  return takeStep(attempt, { sends }, at);
}
