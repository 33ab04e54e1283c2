import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Attempt, AttemptObject } from './attempt.ts';
import type { AttemptStep } from './attempt-step.ts';
import type { AttemptNotWaiting } from './refusals.ts';
import { takeStep } from './take-step.ts';

/**
 * An operator says that the attempt was paid, and under which name the provider has it. In a conflict this accepts the object as it is: what moved
 * stands, and what did not goes back to owed.
 *
 * @param reference - The provider's name of the object.
 * @errors
 * - `attempt_not_waiting`: it neither waits for an operator nor is in conflict.
 * @source docs/rules/providers.md, PR-10
 */
export function assertPaid(attempt: Attempt, reference: string, at: Instant): Result<AttemptStep, AttemptNotWaiting> {
  const { payout, number, state } = attempt;
  if (state.status !== 'waiting' && state.status !== 'conflict') {
    return err({ code: 'attempt_not_waiting', payout, number, status: state.status });
  }
  return ok(
    takeStep(attempt, { objects: withPaid(attempt, reference), resolution: { says: 'paid', reference, at } }, at),
  );
}

function withPaid({ objects, operation, intentAt }: Attempt, reference: string): readonly AttemptObject[] {
  if (objects.some(({ object }) => object === reference)) {
    return objects.map((one) => (one.object === reference ? { ...one, succeeded: true } : one));
  }
  const { amount } = operation;
  const asserted: AttemptObject = {
    object: reference,
    amount,
    createdAt: intentAt,
    succeeded: true,
    failed: false,
    returns: [],
  };
  return [...objects, asserted].sort((left, right) => (left.object < right.object ? -1 : 1));
}
