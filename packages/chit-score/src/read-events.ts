import { isMoney, moneyFromJson, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { parseDay } from './calendar.ts';
import { canonicalText } from './canonical-text.ts';
import { listedFields } from './listed-fields.ts';
import type { EventConflicts, EventInvalid, TooMany } from './refusals.ts';
import type { ScoreEvent } from './score-event.ts';

/** The most events that one score is computed from. */
export const MOST_EVENTS = 10_000;

/** Why events cannot be read, in order of precedence. */
export type EventsRefusal = TooMany | EventInvalid | EventConflicts;

type Kind = 'name' | 'day' | 'amount' | 'status' | 'flag';

/** The fields of each type, and what each may be. */
const shapes: Readonly<Record<ScoreEvent['type'], Readonly<Record<string, Kind>>>> = {
  InstalmentDue: { instalment: 'name', ticket: 'name', dueOn: 'day', amount: 'amount' },
  InstalmentPaid: { instalment: 'name', on: 'day', amount: 'amount' },
  PaymentReversed: { instalment: 'name', on: 'day', amount: 'amount' },
  InstalmentSuperseded: { instalment: 'name', on: 'day' },
  InstalmentWrittenOff: { instalment: 'name', on: 'day' },
  TicketPrized: { ticket: 'name', on: 'day' },
  TicketAccelerated: { ticket: 'name', on: 'day' },
  TicketReinstated: { ticket: 'name', on: 'day' },
  SubscriberRemoved: { ticket: 'name', on: 'day' },
  SchemeCommenced: { scheme: 'name', on: 'day' },
  SchemeCompleted: { scheme: 'name', on: 'day' },
  DocumentChanged: { document: 'name', kind: 'name', status: 'status', on: 'day', validTo: 'day' },
  ProfileFieldChanged: { field: 'name', verified: 'flag', on: 'day' },
};
const mayBeAbsent = new Set(['validTo']);
const NAME = /^[\x21-\x7e][\x20-\x7e]{0,126}[\x21-\x7e]$|^[\x21-\x7e]$/;

/**
 * Reads the events of a member, each listed field once: what else stands on them is not looked at.
 *
 * @param value - Anything; a list of at most 10,000 events can be accepted, amounts as `Money` or as its JSON.
 * @returns Plain frozen events without duplicates, by day and then by id.
 *
 * @errors
 * - `limit_exceeded`: more than 10,000 events.
 * - `event_invalid`: no list, or an event that is not of the form of its type; names the first field.
 * - `event_conflicts`: two events say different things under one id.
 * @source docs/rules/chit-score.md, CS-4, CS-9
 */
export function parseScoreEvents(value: unknown): Result<readonly ScoreEvent[], EventsRefusal> {
  if (!Array.isArray(value)) return err(invalid('events', value, 'a list of events'));
  if (value.length > MOST_EVENTS) {
    const given = `${value.length} events`;
    return err({ code: 'limit_exceeded', field: 'events', given, allowed: `at most ${MOST_EVENTS} events` });
  }
  const byId = new Map<string, { readonly event: ScoreEvent; readonly text: string }>();
  for (let index = 0; index < value.length; index += 1) {
    const read = readEvent(value[index], `events.${index}`);
    if (read.isErr()) return err(read.error);
    const event = read.value;
    const text = canonicalText(event);
    const known = byId.get(event.id);
    if (known !== undefined && known.text !== text) {
      const allowed = 'an id for each event, or the same event again';
      return err({ code: 'event_conflicts', field: `events.${index}.id`, given: printGiven(event.id), allowed });
    }
    byId.set(event.id, { event, text });
  }
  const events = [...byId.values()].map(({ event }) => event);
  return ok(Object.freeze(events.sort(byDayThenId)));
}

/**
 * Gives the day of an event: the day on which an instalment is due, or on which something happened.
 *
 * @param event - An event.
 * @returns Its day.
 */
export function dayOf(event: ScoreEvent): string {
  return event.type === 'InstalmentDue' ? event.dueOn : event.on;
}

function readEvent(value: unknown, field: string): Result<ScoreEvent, EventInvalid> {
  const named = listedFields(value, ['type', 'id']);
  if (named === undefined) return err(invalid(field, value, 'an event: plain data with a type and an id'));
  const { type, id } = named;
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) {
    return err(invalid(`${field}.type`, type, `one of ${Object.keys(shapes).join(', ')}`));
  }
  if (!isName(id)) return err(invalid(`${field}.id`, id, allowedFor.name));
  const shape = shapes[type as ScoreEvent['type']];
  const fields = listedFields(value, Object.keys(shape));
  if (fields === undefined) return err(invalid(field, value, 'plain data'));
  const event: Record<string, unknown> = { type, id };
  for (const [name, kind] of Object.entries(shape)) {
    const given = fields[name];
    if (given === undefined && mayBeAbsent.has(name)) continue;
    const read = readField(given, kind);
    if (read === undefined) return err(invalid(`${field}.${name}`, given, allowedFor[kind]));
    event[name] = read;
  }
  return ok(Object.freeze(event) as unknown as ScoreEvent);
}

const allowedFor: Readonly<Record<Kind, string>> = {
  name: '1 to 128 printable ASCII characters that neither begin nor end with a space',
  day: 'a day as YYYY-MM-DD from 1900 to 2199',
  amount: 'an amount of more than zero',
  status: 'one of PENDING, VERIFIED, REJECTED',
  flag: 'true or false',
};

function readField(value: unknown, kind: Kind): unknown {
  switch (kind) {
    case 'name':
      return isName(value) ? value : undefined;
    case 'day':
      return parseDay(value, '').unwrapOr(undefined);
    case 'amount': {
      const amount = isMoney(value) ? value : moneyFromJson(value).unwrapOr(undefined);
      return amount !== undefined && amount.minor > 0n ? amount : undefined;
    }
    case 'status':
      return value === 'PENDING' || value === 'VERIFIED' || value === 'REJECTED' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 128 && NAME.test(value);
}

function invalid(field: string, given: unknown, allowed: string): EventInvalid {
  return { code: 'event_invalid', field, given: printGiven(given), allowed };
}

function byDayThenId(left: ScoreEvent, right: ScoreEvent): number {
  const [a, b] = [dayOf(left), dayOf(right)];
  if (a !== b) return a < b ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}
