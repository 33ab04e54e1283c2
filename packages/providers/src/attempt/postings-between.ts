import type { Instant } from '@holdfast/kernel';
import { isSameCurrency, type Money, money } from '@holdfast/money';
import type { Attempt, AttemptObject } from './attempt.ts';
import type { AttemptPosting } from './attempt-step.ts';
import { hasMoved, returnsOf } from './moved-money.ts';

/**
 * Gives what a step posts: the difference between the money of an attempt before and after it. So whatever the order in which things are heard,
 * the same things heard leave the same money in the same places.
 *
 * @param before - Absent for a new attempt.
 * @source docs/rules/providers.md, PR-4
 */
export function postingsBetween(before: Attempt | undefined, after: Attempt): readonly AttemptPosting[] {
  const { currency, minor: whole } = after.operation.amount;
  const covered = lesser(movedIn(after), whole) - lesser(before ? movedIn(before) : 0n, whole);
  const needed = covered + inTransit(after).minor;
  const there = before ? inTransit(before).minor : 0n;
  const entering: readonly AttemptPosting[] =
    needed > there ? [{ kind: 'to_transit', amount: money(needed - there, currency) }] : [];
  const leaving: readonly AttemptPosting[] =
    there > needed ? [{ kind: 'back_to_owed', amount: money(there - needed, currency) }] : [];
  return [
    ...entering,
    ...payments(before, after, covered),
    ...leaving,
    ...after.objects.flatMap((object) => {
      const earlier = before && earlierOf(before, object);
      return [...returns(before, after, object, earlier), ...fees(object, earlier)];
    }),
  ];
}

/**
 * Tells how much of an attempt is in transit: all of it while it is open, what is left of it in a conflict, and nothing otherwise.
 *
 * @source docs/rules/providers.md, PR-4
 */
export function inTransit(attempt: Attempt): Money {
  const { operation, state, resolution } = attempt;
  const { amount } = operation;
  switch (state.status) {
    case 'sending':
    case 'unknown':
    case 'waiting':
      return amount;
    case 'conflict': {
      const left = resolution?.says === 'absent' ? 0n : amount.minor - lesser(movedIn(attempt), amount.minor);
      return money(left, amount.currency);
    }
    default:
      return money(0n, amount.currency);
  }
}

/** What left in the currency that was asked for, in minor units. */
function movedIn({ objects, operation }: Attempt): bigint {
  return objects
    .filter((object) => hasMoved(object) && isSameCurrency(object.amount.currency, operation.amount.currency))
    .reduce((sum, { amount }) => sum + amount.minor, 0n);
}

function earlierOf({ objects }: Attempt, { object, amount }: AttemptObject): AttemptObject | undefined {
  return objects.find((one) => one.object === object && isSameCurrency(one.amount.currency, amount.currency));
}

function payments(before: Attempt | undefined, after: Attempt, covered: bigint): readonly AttemptPosting[] {
  let left = covered;
  return after.objects.flatMap((one) => {
    const earlier = before && earlierOf(before, one);
    const posted = earlier && hasMoved(earlier) ? earlier.amount.minor : 0n;
    const moved = (hasMoved(one) ? one.amount.minor : 0n) - posted;
    const { object, amount } = one;
    const own = isSameCurrency(amount.currency, after.operation.amount.currency) ? lesser(moved, left) : 0n;
    left -= own;
    const parts = [
      { kind: 'paid', amount: money(own, amount.currency), object },
      { kind: 'excess', amount: money(moved - own, amount.currency), object },
    ] as const;
    return parts.filter((part) => part.amount.minor > 0n);
  });
}

function returns(
  before: Attempt | undefined,
  after: Attempt,
  object: AttemptObject,
  earlier: AttemptObject | undefined,
): readonly AttemptPosting[] {
  const known = new Map<string, bigint>();
  for (const one of before && earlier ? returnsOf(before, earlier) : []) known.set(one.id, one.amount.minor);
  let posted = [...known.values()].reduce((sum, minor) => sum + minor, 0n);
  return returnsOf(after, object).flatMap(({ id, amount, at, reference }) => {
    const came = amount.minor - (known.get(id) ?? 0n);
    if (came <= 0n) return [];
    const room = object.amount.minor - lesser(posted, object.amount.minor);
    const own = isSameCurrency(amount.currency, object.amount.currency) ? lesser(came, room) : 0n;
    posted += came;
    const about: { object: string; returned: string; at: Instant } = { object: object.object, returned: id, at };
    const ours = reference === undefined ? {} : { reference };
    const parts = [
      { kind: 'returned', amount: money(own, amount.currency), ...about, ...ours },
      { kind: 'returned_excess', amount: money(came - own, amount.currency), ...about },
    ] as const;
    return parts.filter((part) => part.amount.minor > 0n);
  });
}

function fees({ object, fee }: AttemptObject, earlier: AttemptObject | undefined): readonly AttemptPosting[] {
  if (!fee) return [];
  const taken = fee.minor - (earlier?.fee?.minor ?? 0n);
  return taken > 0n ? [{ kind: 'fee', amount: money(taken, fee.currency), object }] : [];
}

function lesser(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
