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
 * suspense from the same unit on, so that no money of a customer is ever lost from sight. A refund that fails after it had succeeded is owed to the customer again.
 */
export function settleCharge(before: Charge, attempt: Attempt, at: Instant): SettledCharge {
  const others = before.attempts.filter(({ number }) => number !== attempt.number);
  const attempts = [...others, attempt].sort((left, right) => left.number - right.number);
  const objects = attempts.flatMap((one) => one.objects);
  const moved = objects.filter(hasMoved);
  const settledBy = before.settledBy ?? (before.isAdopted ? undefined : settlingOf(before, moved));
  const known = new Set([settledBy, ...before.surplus.map(({ object }) => object)]);
  const surplus = moved
    .filter((one) => !known.has(one.object) && !hasComeBack(before, one))
    .map(({ object, amount, mismatch }): Surplus => {
      return { object, amount, at, isExact: !mismatch && !before.isAdopted };
    });
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
  const back = comeBack(charge, attempt, at);
  return { charge: back.charge, transfers: [...given, ...kept, ...back.transfers] };
}

/** Names the account of money that is nobody's yet. */
export function suspenseOf({ provider }: Pick<Attempt, 'provider'>): string {
  return `suspense:${provider}`;
}

/** Names the account of what a customer is owed again, since a refund came back. */
export function owedAgainOf({ operation }: Pick<Attempt, 'operation'>): string {
  return `refunds:${operation.reference}:owed`;
}

/** Where the money of customers comes from, and goes back to. */
export const CARDS = 'world:cards';

/** One that is whole before one that came back: where both are heard of at once, the customer has the money. */
function settlingOf(charge: Charge, moved: readonly AttemptObject[]): string | undefined {
  const asked = moved.filter(({ mismatch }) => !mismatch);
  return (asked.find((one) => !hasComeBack(charge, one)) ?? asked[0])?.object;
}

/** Books what came back of a refund, once: what settled it is owed to the customer, what was too much is in suspense no more. */
function comeBack(charge: Charge, attempt: Attempt, at: Instant): SettledCharge {
  const failed = charge.attempts.flatMap(({ objects }) => objects.filter((one) => hasComeBack(charge, one)));
  const settled = charge.cameBack ? undefined : failed.find(({ object }) => object === charge.settledBy);
  const names = new Set(failed.map(({ object }) => object));
  const undone = charge.surplus.filter(({ object, cameBack }) => names.has(object) && !cameBack);
  const surplus = charge.surplus.map((one) => (undone.includes(one) ? ({ ...one, cameBack: true } as const) : one));
  const { object, amount } = settled ?? {};
  const { from, to } = wayOf(charge, attempt);
  // What was given back out of suspense is there again.
  const owner = charge.for.what === 'surplus' ? from : owedAgainOf(attempt);
  const owed = amount && { from: CARDS, to: owner, amount, kind: 'refund_returned' };
  return {
    charge: { ...charge, surplus, ...(object && amount ? { cameBack: { object, amount, at } } : {}) },
    transfers: [
      ...(owed ? [owed] : []),
      ...undone.map(({ amount: less }) => ({ from: to, to: from, amount: less, kind: 'refund_returned' })),
    ],
  };
}

function wayOf(charge: Charge, attempt: Attempt): Pick<Transfer, 'from' | 'to'> {
  const [cards, suspense] = [CARDS, suspenseOf(attempt)];
  return isPayment(charge) ? { from: cards, to: suspense } : { from: suspense, to: cards };
}

function hasMoved({ succeeded, returns }: AttemptObject): boolean {
  return succeeded || returns.length > 0;
}

/** A refund may fail after it had succeeded; a payment that does is a contradiction, and for a person. */
function hasComeBack(charge: Charge, { succeeded, failed }: AttemptObject): boolean {
  return !isPayment(charge) && succeeded && failed;
}
