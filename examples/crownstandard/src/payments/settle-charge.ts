import type { Instant, Transfer } from '@holdfast/kernel';
import type { Attempt, AttemptObject } from '@holdfast/providers';
import { type Charge, isPayment, type Surplus } from './charge.ts';

/** A charge after something was heard of it, and the money that nobody has a use for. */
export interface SettledCharge {
  readonly charge: Charge;
  readonly transfers: readonly Transfer[];
}

/**
 * Gives a charge with one of its attempts as it is now. The first success that is what was asked for settles it, whichever attempt it is of; whatever else moved lies in
 * suspense from the same unit on, so that no money of a customer is ever lost from sight.
 */
export function settleCharge(before: Charge, attempt: Attempt, at: Instant): SettledCharge {
  const others = before.attempts.filter(({ number }) => number !== attempt.number);
  const attempts = [...others, attempt].sort((left, right) => left.number - right.number);
  const moved = attempts.flatMap(({ objects }) => objects.filter(hasMoved));
  const settledBy = before.settledBy ?? moved.find(({ mismatch }) => !mismatch)?.object;
  const known = new Set([settledBy, ...before.surplus.map(({ object }) => object)]);
  const surplus = moved
    .filter(({ object }) => !known.has(object))
    .map(({ object, amount, mismatch }): Surplus => ({ object, amount, at, isExact: !mismatch }));
  const charge = {
    ...before,
    attempts,
    ...(settledBy === undefined ? {} : { settledBy }),
    surplus: [...before.surplus, ...surplus],
  };
  const isGivenBack = before.for.what === 'surplus' && before.settledBy === undefined && settledBy !== undefined;
  const { amount } = attempt.operation;
  const given = isGivenBack ? [{ ...wayOf(before, attempt), amount, kind: 'surplus_given_back' }] : [];
  const kept = surplus.map(({ amount: more }) => ({ ...wayOf(before, attempt), amount: more, kind: 'charge_surplus' }));
  return { charge, transfers: [...given, ...kept] };
}

/** Names the account of money that is nobody's yet. */
export function suspenseOf({ provider }: Attempt): string {
  return `suspense:${provider}`;
}

/** Where the money of customers comes from, and goes back to. */
export const CARDS = 'world:cards';

function wayOf(charge: Charge, attempt: Attempt): Pick<Transfer, 'from' | 'to'> {
  const [cards, suspense] = [CARDS, suspenseOf(attempt)];
  return isPayment(charge) ? { from: cards, to: suspense } : { from: suspense, to: cards };
}

function hasMoved({ succeeded, returns }: AttemptObject): boolean {
  return succeeded || returns.length > 0;
}
