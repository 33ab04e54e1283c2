import type { Instant } from '@holdfast/kernel';
import { type Attempt, applyObservation, assertPaid, type Observation } from '@holdfast/providers';
import type { Charge } from './charge.ts';
import { type SettledCharge, settleCharge } from './settle-charge.ts';

/** Gives a charge with what an operator has said it was made as; unchanged where nobody has. What was heard meanwhile goes before the word. */
export function applyAssertion(known: Charge, at: Instant): SettledCharge {
  const { asserted, ...charge } = known;
  const attempt = charge.attempts.find(({ number }) => number === asserted?.attempt);
  if (!asserted || !attempt || charge.settledBy !== undefined) return { charge, transfers: [] };
  const step = assertPaid(attempt, asserted.object, at);
  // One that has ended with a no is over for the provider's rules, and was made all the same, by hand.
  const made = step.isOk() ? step.value : applyObservation(attempt, madeByHand(attempt, asserted), at);
  return settleCharge(charge, made.attempt, at);
}

function madeByHand(
  { provider, account, mode, operation }: Attempt,
  { object, at }: NonNullable<Charge['asserted']>,
): Observation {
  const { kind, amount, metadata } = operation;
  const succeeded = { status: 'succeeded', rawStatus: 'asserted', returns: [] } as const;
  return { provider, account, mode, kind, object, amount, metadata, ...succeeded, createdAt: at };
}
