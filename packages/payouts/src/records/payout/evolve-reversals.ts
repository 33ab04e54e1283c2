import { Defect } from '@holdfast/kernel';
import type { ReversalAsked, ReversalEnded, ReversalStepped } from './events.ts';
import type { Reversal } from './payout.ts';

/** Folds what happened to a reversal into those of its payout. */
export function evolveReversals(
  reversals: readonly Reversal[],
  event: ReversalAsked | ReversalStepped | ReversalEnded,
): readonly Reversal[] {
  if (event.type === 'ReversalAsked') {
    const { reversal: number, object, amount: asked, at: askedAt } = event;
    const made: Reversal = { number, object, asked, askedAt, attempts: [], retries: 0 };
    return [...reversals, made].sort((left, right) => left.number - right.number);
  }
  if (!reversals.some(({ number }) => number === event.reversal))
    throw new Defect(`${event.type} of a reversal that nobody asked for`);
  return reversals.map((one) => {
    if (one.number !== event.reversal) return one;
    return event.type === 'ReversalEnded' ? { ...one, ended: event.ended } : stepped(one, event);
  });
}

function stepped(reversal: Reversal, { attempt, retries, retryAt }: ReversalStepped): Reversal {
  const { retryAt: _retryAt, ...rest } = reversal;
  const others = reversal.attempts.filter((one) => one.attempt.number !== attempt.attempt.number);
  const attempts = [...others, attempt].sort((left, right) => left.attempt.number - right.attempt.number);
  return { ...rest, attempts, retries, ...(retryAt === undefined ? {} : { retryAt }) };
}
