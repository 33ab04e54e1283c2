import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import { equals, isSameCurrency } from '@holdfast/money';
import {
  type Attempt,
  inTransit,
  type Mode,
  type Observation,
  type ObservedReturn,
  readAttemptMark,
} from '@holdfast/providers';
import { nameOf as paymentName } from '../records/payout/reversals.ts';
import type { FoundException } from './exception.ts';

/** What is compared, and over which window. */
export interface ListsToMatch {
  readonly book: string;
  readonly mode: Mode;
  /** Of the book. */
  readonly epoch: number;
  /** Half-open, by the provider's clock. */
  readonly from: Instant;
  readonly to: Instant;
  /** Every transfer of the window at the provider, and some more at its edges. */
  readonly observations: readonly Observation[];
  /** Every reversal likewise; absent where the provider lists none. */
  readonly reversals?: readonly Observation[];
  /** Every attempt of the sender in the ledger that may be of the window, those of reversals too. */
  readonly attempts: readonly Attempt[];
  readonly now: Instant;
  /** How long something may be in transit. */
  readonly horizon: Duration;
}

/** What agrees, and what does not. */
export interface MatchedLists {
  /** Objects that agree in everything. */
  readonly matched: readonly string[];
  readonly exceptions: readonly FoundException[];
}

/**
 * Matches a provider's list against the ledger's attempts. Pure: every object of the window is matched, or is an exception with a reason.
 *
 * @source docs/rules/payouts.md, P-25
 */
export function matchLists(lists: ListsToMatch): MatchedLists {
  const attempts = new Map(lists.attempts.map((attempt) => [nameOf(attempt), attempt]));
  const { observations, reversals = [] } = lists;
  const strangers = new Set(strangersOf(lists).map(({ object }) => object));
  const inWindow = [...observations, ...reversals.filter(({ object }) => !strangers.has(object))].filter(
    ({ createdAt }) => createdAt >= lists.from && createdAt < lists.to,
  );
  const byAttempt = new Map<string, number>();
  const matched: string[] = [];
  const exceptions: FoundException[] = [];
  for (const observation of inWindow) {
    const found = judge(observation, lists, attempts);
    const name = markName(observation);
    const count = (byAttempt.get(name ?? '') ?? 0) + 1;
    if (name !== undefined) byAttempt.set(name, count);
    if (name !== undefined && count > 1)
      found.push(exception('duplicate', observation, 'one object', `${count} of them`));
    if (found.length === 0) matched.push(observation.object);
    exceptions.push(...found);
  }
  return {
    matched,
    exceptions: [...exceptions, ...madeByOthers(lists), ...missingAtProvider(lists), ...staleTransit(lists)],
  };
}

/** Names an attempt within its book. */
function nameOf({ payout, reversal, number }: Pick<Attempt, 'payout' | 'reversal' | 'number'>): string {
  return `${paymentName(payout, reversal)}.${number}`;
}

/** Gives the reversals of which nobody here wrote anything: somebody made them at the provider. */
function strangersOf({ reversals = [] }: ListsToMatch): readonly Observation[] {
  return reversals.filter((observation) => readAttemptMark(observation) === undefined);
}

/** Those of transfers that are older than the window: the others are found by their transfers. */
function madeByOthers(lists: ListsToMatch): readonly FoundException[] {
  const posted = lists.attempts.flatMap(({ objects }) => objects.flatMap(({ returns }) => returns));
  const told = lists.observations.flatMap(({ returns }) => returns);
  const known = new Set([...posted, ...told].map(({ id }) => id));
  return strangersOf(lists)
    .filter(({ object, createdAt }) => !known.has(object) && createdAt >= lists.from && createdAt < lists.to)
    .map((observation) => exception('external_reversal', observation, 'every return posted', observation.object));
}

function markName(observation: Observation): string | undefined {
  const mark = readAttemptMark(observation);
  return mark && nameOf(mark);
}

function judge(
  observation: Observation,
  { book, mode, epoch }: ListsToMatch,
  attempts: ReadonlyMap<string, Attempt>,
): FoundException[] {
  const say = (reason: FoundException['reason'], expected: string, found: string) =>
    exception(reason, observation, expected, found);
  if (observation.mode !== mode) return [say('wrong_mode', mode, observation.mode)];
  const mark = readAttemptMark(observation);
  if (!mark || mark.book !== book)
    return [say('foreign', `a mark of ${book}`, mark ? `a mark of ${mark.book}` : 'none')];
  if (mark.epoch > epoch) return [say('unknown_epoch', `${epoch} at most`, `${mark.epoch}`)];
  const attempt = attempts.get(nameOf(mark));
  if (!attempt) return [say('missing_in_ledger', 'an attempt', `none of ${nameOf(mark)}`)];
  const { operation } = attempt;
  if (!isSameCurrency(operation.amount.currency, observation.amount.currency))
    return [say('currency', operation.amount.currency.code, observation.amount.currency.code)];
  const found: FoundException[] = [];
  if (!equals(operation.amount, observation.amount))
    found.push(say('amount', `${operation.amount}`, `${observation.amount}`));
  if (observation.destination !== undefined && observation.destination !== operation.destination)
    found.push(say('destination', `${operation.destination}`, observation.destination));
  const known = attempt.objects.find(({ object }) => object === observation.object);
  const moved = observation.status === 'succeeded' || observation.returns.length > 0;
  if (!known || (moved && !known.succeeded && known.returns.length === 0)) {
    if (moved) found.push(say('missing_in_ledger', observation.status, known ? 'not posted' : 'not seen'));
    return found;
  }
  const news = observation.returns.filter(
    (one) => !known.returns.some(({ id }) => id === one.id) && !isUnderWay(one, book, attempts),
  );
  if (news.length > 0) found.push(say('external_reversal', 'every return posted', news.map(({ id }) => id).join()));
  const [taken, posted] = [observation.fee?.minor ?? 0n, known.fee?.minor ?? 0n];
  if (taken !== posted) found.push(say('fee', `${posted}`, `${taken}`));
  return found;
}

/** Says whether a return is of a reversal of ours: it is compared as that. */
function isUnderWay(one: ObservedReturn, book: string, attempts: ReadonlyMap<string, Attempt>): boolean {
  const mark = readAttemptMark(one);
  return mark?.book === book && mark.reversal !== undefined && attempts.has(nameOf(mark));
}

function missingAtProvider({
  attempts,
  observations,
  reversals = [],
  from,
  to,
}: ListsToMatch): readonly FoundException[] {
  const there = new Set([...observations, ...reversals].map(({ object }) => object));
  return attempts.flatMap(({ objects }) =>
    objects
      .filter(
        ({ createdAt, succeeded, object }) => succeeded && createdAt >= from && createdAt < to && !there.has(object),
      )
      .map(({ object, amount, createdAt }) => {
        return {
          reason: 'missing_at_provider',
          about: object,
          expected: `${amount}`,
          found: 'nothing',
          at: createdAt,
        } as const;
      }),
  );
}

function staleTransit({ attempts, now, horizon }: ListsToMatch): readonly FoundException[] {
  return attempts
    .filter((attempt) => inTransit(attempt).minor > 0n && addDuration(attempt.intentAt, horizon) <= now)
    .map((attempt) => {
      const { intentAt: at, state } = attempt;
      return { reason: 'stale_transit', about: nameOf(attempt), expected: 'an end', found: state.status, at } as const;
    });
}

function exception(
  reason: FoundException['reason'],
  { object, createdAt }: Observation,
  expected: string,
  found: string,
): FoundException {
  return { reason, about: object, expected, found, at: createdAt };
}
