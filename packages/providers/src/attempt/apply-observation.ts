import type { Instant } from '@holdfast/kernel';
import { isSameCurrency, type Money } from '@holdfast/money';
import type { Observation, ObservedReturn } from '../port/observation.ts';
import type { Attempt, AttemptObject, Mismatch } from './attempt.ts';
import { readAttemptMark } from './attempt-metadata.ts';
import type { AttemptStep } from './attempt-step.ts';
import { takeStep } from './take-step.ts';

/**
 * Applies what a provider says of one of its objects: the answer to a send, a webhook, a look-up and a line of its list alike.
 *
 * Only ever adds: in any order and however often, the same observations lead to the same state and the same postings in total. A field that is
 * not what was asked for makes a conflict; what moved is posted all the same. Never refuses.
 *
 * @param attempt - The attempt that the observation is of.
 * @source docs/rules/providers.md, PR-5, PR-8
 */
export function applyObservation(attempt: Attempt, observation: Observation, at: Instant): AttemptStep {
  return takeStep(attempt, { objects: withObservation(attempt, observation) }, at);
}

/** Gives an attempt's objects with one more observation of them. */
export function withObservation(
  attempt: Attempt,
  observation: Observation,
  told?: Mismatch | undefined,
): readonly AttemptObject[] {
  const seen = objectOf(observation, told ?? mismatchOf(attempt, observation));
  const isSeen = (one: AttemptObject) =>
    one.object === seen.object && isSameCurrency(one.amount.currency, seen.amount.currency);
  const known = attempt.objects.find(isSeen);
  const others = attempt.objects.filter((one) => one !== known);
  return [...others, known ? merge(known, seen) : seen].sort(byName);
}

/** Tells the first field of an observation that is not what the attempt asked for. */
function mismatchOf(attempt: Attempt, observation: Observation): Mismatch | undefined {
  const { operation } = attempt;
  const mark = readAttemptMark(observation);
  const pairs: readonly (readonly [field: string, expected: string | undefined, got: string | undefined])[] = [
    ['provider', attempt.provider, observation.provider],
    ['account', attempt.account, observation.account],
    ['mode', attempt.mode, observation.mode],
    ['kind', operation.kind, observation.kind],
    ['amount', `${operation.amount}`, `${observation.amount}`],
    ['destination', operation.destination, observation.destination],
    ['reference', operation.reference, observation.reference],
    ['metadata.book', attempt.book, mark?.book],
    ['metadata.payout', attempt.payout, mark?.payout],
    ['metadata.reversal', `${attempt.reversal}`, mark && `${mark.reversal}`],
    ['metadata.attempt', `${attempt.number}`, mark && `${mark.number}`],
  ];
  for (const [field, expected, got] of pairs) {
    // What the provider does not tell cannot be compared.
    if (expected !== undefined && got !== undefined && expected !== got) return { field, expected, got };
  }
  return undefined;
}

function objectOf(observation: Observation, mismatch: Mismatch | undefined): AttemptObject {
  const { object, amount, status, failure, returns, fee, createdAt } = observation;
  const isElsewhere = mismatch !== undefined && ELSEWHERE.has(mismatch.field);
  return {
    object,
    amount,
    createdAt,
    // Money of another account or mode is none of ours, whatever it did there.
    succeeded: status === 'succeeded' && !isElsewhere,
    failed: (status === 'failed' || status === 'cancelled') && !isElsewhere,
    ...(failure === undefined ? {} : { failure }),
    ...(mismatch === undefined ? {} : { mismatch }),
    // Whose a return is, is told apart where it is heard; here it counts by its name.
    returns: isElsewhere ? [] : returns.map(({ metadata: _metadata, ...one }) => one).sort(byId),
    ...(fee === undefined || isElsewhere ? {} : { fee }),
  };
}

const ELSEWHERE: ReadonlySet<string> = new Set(['provider', 'account', 'mode']);

/** Joins two sights of one object. Commutative, associative, and the same again changes nothing. Of two amounts one at least is not what was asked for, so a contradiction is a mismatch already. */
function merge(left: AttemptObject, right: AttemptObject): AttemptObject {
  const failure = lower(left.failure, right.failure, (text) => text);
  const mismatch = lower(left.mismatch, right.mismatch, textOf);
  const fee = left.fee && right.fee ? larger(left.fee, right.fee) : (left.fee ?? right.fee);
  return {
    object: left.object,
    amount: larger(left.amount, right.amount),
    createdAt: earlier(left.createdAt, right.createdAt),
    succeeded: left.succeeded || right.succeeded,
    failed: left.failed || right.failed,
    ...(failure === undefined ? {} : { failure }),
    ...(mismatch === undefined ? {} : { mismatch }),
    returns: joinReturns(left.returns, right.returns),
    ...(fee === undefined ? {} : { fee }),
  };
}

function joinReturns(left: readonly ObservedReturn[], right: readonly ObservedReturn[]): readonly ObservedReturn[] {
  const joined = new Map<string, ObservedReturn>();
  for (const one of [...left, ...right]) {
    const known = joined.get(one.id);
    joined.set(one.id, known ? joinReturn(known, one) : one);
  }
  return [...joined.values()].sort(byId);
}

function joinReturn(left: ObservedReturn, right: ObservedReturn): ObservedReturn {
  const reference = lower(left.reference, right.reference, (text) => text);
  return {
    id: left.id,
    amount: larger(left.amount, right.amount),
    at: earlier(left.at, right.at),
    ...(reference === undefined ? {} : { reference }),
  };
}

/** Of two amounts, which a provider should never tell of one thing, the larger; of two currencies the one that comes first. */
function larger(left: Money, right: Money): Money {
  return isLess(left, right) ? right : left;
}

function isLess(left: Money, right: Money): boolean {
  if (isSameCurrency(left.currency, right.currency)) return left.minor < right.minor;
  return left.currency.code > right.currency.code;
}

function earlier(left: Instant, right: Instant): Instant {
  return left > right ? right : left;
}

function lower<T>(left: T | undefined, right: T | undefined, text: (value: T) => string): T | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return text(left) <= text(right) ? left : right;
}

function textOf({ field, expected, got }: Mismatch): string {
  return `${field} ${expected} ${got}`;
}

function byId(left: ObservedReturn, right: ObservedReturn): number {
  return left.id < right.id ? -1 : 1;
}

function byName(left: AttemptObject, right: AttemptObject): number {
  const [one, other] = [left, right].map(({ object, amount }) => `${object} ${amount.currency.code}`);
  return (one as string) < (other as string) ? -1 : 1;
}
