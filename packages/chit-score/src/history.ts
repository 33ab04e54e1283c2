import { isSameCurrency, type Money, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { Day } from './calendar.ts';
import { dayOf } from './read-events.ts';
import type { EventConflicts, InstalmentUnknown } from './refusals.ts';
import type { DocumentChanged, InstalmentDue, InstalmentPaid, PaymentReversed, ScoreEvent } from './score-event.ts';

/** An instalment as a day knows it. */
export interface Instalment {
  readonly id: string;
  readonly ticket: string;
  readonly dueOn: Day;
  /** Whether its ticket had won before it was due. */
  readonly prized: boolean;
  /** The day on which the last part of it came; absent while anything is open. */
  readonly paidOn?: Day;
  /** Whether it was given up while anything was open. */
  readonly writtenOff: boolean;
}

/** A member's history as a day knows it. */
export interface History {
  /** What was due by that day, by due date and then by id. */
  readonly instalments: readonly Instalment[];
  /** The day on which the first scheme began. */
  readonly memberSince?: Day;
  readonly completedSchemes: readonly string[];
  /** The tickets that were struck off. */
  readonly removals: readonly string[];
  /** The tickets of which all is due at once. */
  readonly accelerated: readonly string[];
  /** The latest of each document, by id. */
  readonly documents: readonly DocumentChanged[];
  /** The fields of the profile that are there and verified. */
  readonly verifiedFields: ReadonlySet<string>;
}

/** What the first pass over the events collects. */
interface Collected {
  readonly due: Map<string, InstalmentDue>;
  /** What came and what was taken back, by day. */
  readonly moved: Map<string, (InstalmentPaid | PaymentReversed)[]>;
  readonly superseded: Set<string>;
  readonly writtenOff: Map<string, Day>;
  readonly prized: Map<string, Day>;
  readonly accelerated: Set<string>;
  readonly removed: Set<string>;
  readonly completed: Set<string>;
  readonly documents: Map<string, DocumentChanged>;
  readonly verified: Set<string>;
  memberSince?: Day;
}

/**
 * Folds events into a member's history as of a day; what comes later is not looked at.
 *
 * @param events - As `parseScoreEvents` gives them.
 * @param asOf - The day.
 * @returns The history.
 *
 * @errors
 * - `event_conflicts`: an instalment is made due twice, paid in another currency, or more was taken back than was paid.
 * - `instalment_unknown`: something happens to an instalment that no event makes due.
 * @source docs/rules/chit-score.md, CS-4
 */
export function historyOf(
  events: readonly ScoreEvent[],
  asOf: Day,
): Result<History, EventConflicts | InstalmentUnknown> {
  const problem = referenceProblem(events);
  if (problem !== undefined) return err(problem);
  const seen = collect(events.filter((event) => dayOf(event) <= asOf));
  const instalments = [...seen.due.values()]
    .filter(({ instalment }) => !seen.superseded.has(instalment))
    .map((due) => instalmentOf(due, seen));
  const history = {
    instalments,
    completedSchemes: sorted(seen.completed),
    removals: sorted(seen.removed),
    accelerated: sorted(seen.accelerated),
    documents: [...seen.documents.values()].sort((a, b) => (a.document < b.document ? -1 : 1)),
    verifiedFields: seen.verified,
  };
  return ok(seen.memberSince === undefined ? history : { ...history, memberSince: seen.memberSince });
}

function referenceProblem(events: readonly ScoreEvent[]): EventConflicts | InstalmentUnknown | undefined {
  const amounts = new Map<string, Money>();
  const paid = new Map<string, bigint>();
  for (const event of events) {
    if (event.type !== 'InstalmentDue') continue;
    const { id, instalment, amount } = event;
    if (amounts.has(instalment)) return conflict(id, 'instalment', instalment, 'an instalment that is made due once');
    amounts.set(instalment, amount);
  }
  for (const event of events) {
    if (!('instalment' in event) || event.type === 'InstalmentDue') continue;
    const { id, type, instalment } = event;
    const amount = amounts.get(instalment);
    if (amount === undefined) {
      const allowed = 'an instalment that an InstalmentDue names';
      return { code: 'instalment_unknown', field: `${id}.instalment`, given: printGiven(instalment), allowed };
    }
    if (type !== 'InstalmentPaid' && type !== 'PaymentReversed') continue;
    if (!isSameCurrency(amount.currency, event.amount.currency)) {
      return conflict(id, 'amount', `${event.amount}`, `an amount in ${amount.currency.code}`);
    }
    const { minor } = event.amount;
    paid.set(instalment, (paid.get(instalment) ?? 0n) + (type === 'InstalmentPaid' ? minor : -minor));
  }
  for (const event of events) {
    if (event.type !== 'PaymentReversed' || (paid.get(event.instalment) ?? 0n) >= 0n) continue;
    return conflict(event.id, 'amount', `${event.amount}`, 'with others at most what was paid of the instalment');
  }
  return undefined;
}

function conflict(id: string, field: string, given: string, allowed: string): EventConflicts {
  return { code: 'event_conflicts', field: `${id}.${field}`, given: printGiven(given), allowed };
}

/** Goes over the events in their order, so that of two about one thing the later one counts. */
function collect(events: readonly ScoreEvent[]): Collected {
  const seen: Collected = {
    due: new Map(),
    moved: new Map(),
    superseded: new Set(),
    writtenOff: new Map(),
    prized: new Map(),
    accelerated: new Set(),
    removed: new Set(),
    completed: new Set(),
    documents: new Map(),
    verified: new Set(),
  };
  for (const event of events) note(event, seen);
  return seen;
}

function note(event: ScoreEvent, seen: Collected): void {
  switch (event.type) {
    case 'InstalmentDue':
      seen.due.set(event.instalment, event);
      return;
    case 'InstalmentPaid':
    case 'PaymentReversed':
      seen.moved.get(event.instalment)?.push(event) ?? seen.moved.set(event.instalment, [event]);
      return;
    case 'InstalmentSuperseded':
      seen.superseded.add(event.instalment);
      return;
    case 'InstalmentWrittenOff':
      if (!seen.writtenOff.has(event.instalment)) seen.writtenOff.set(event.instalment, event.on);
      return;
    case 'TicketPrized':
      if (!seen.prized.has(event.ticket)) seen.prized.set(event.ticket, event.on);
      return;
    case 'TicketAccelerated':
      seen.accelerated.add(event.ticket);
      return;
    case 'TicketReinstated':
      seen.accelerated.delete(event.ticket);
      return;
    case 'SubscriberRemoved':
      seen.removed.add(event.ticket);
      return;
    case 'SchemeCommenced':
      seen.memberSince ??= event.on;
      return;
    case 'SchemeCompleted':
      seen.completed.add(event.scheme);
      return;
    case 'DocumentChanged':
      seen.documents.set(event.document, event);
      return;
    case 'ProfileFieldChanged':
      if (event.verified) seen.verified.add(event.field);
      else seen.verified.delete(event.field);
      return;
    default:
      assertNever(event);
  }
}

function instalmentOf({ instalment, ticket, dueOn, amount }: InstalmentDue, seen: Collected): Instalment {
  const prizedOn = seen.prized.get(ticket);
  const paidOn = dayOfLastPart(amount.minor, seen.moved.get(instalment) ?? []);
  const givenUpOn = seen.writtenOff.get(instalment);
  const writtenOff = givenUpOn !== undefined && (paidOn === undefined || paidOn > givenUpOn);
  const known = { id: instalment, ticket, dueOn, prized: prizedOn !== undefined && prizedOn < dueOn, writtenOff };
  return paidOn === undefined ? known : { ...known, paidOn };
}

/** The day since which nothing is open: what was taken back is open again, whenever it had come. Of one day what was taken back goes first. */
function dayOfLastPart(due: bigint, moved: readonly (InstalmentPaid | PaymentReversed)[]): Day | undefined {
  const byDay = moved.toSorted((left, right) =>
    left.on === right.on ? Number(left.type === 'InstalmentPaid') - Number(right.type === 'InstalmentPaid') : 0,
  );
  let open = due;
  let since: Day | undefined;
  for (const { type, on, amount } of byDay) {
    open += type === 'InstalmentPaid' ? -amount.minor : amount.minor;
    since = open <= 0n ? (since ?? on) : undefined;
  }
  return since;
}

function sorted(names: ReadonlySet<string>): readonly string[] {
  return [...names].sort();
}

function assertNever(event: never): never {
  throw new TypeError(`${String(event)} is no event.`);
}
