import type { Money } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { whyNot } from '../chit/draws/eligible.ts';
import { accrue } from '../chit/payments/interest.ts';
import { amountOf, schemeOf, settledCount } from '../chit/scheme-of.ts';
import type { Chit, Membership, Phase } from '../chit/state.ts';
import type { Ineligible } from '../draw/why-not-eligible.ts';
import type { ParameterUnknown } from '../law/refusals.ts';
import { addDays, daysBetween } from '../terms/calendar.ts';
import type { Day } from '../terms/terms.ts';
import { legalTimers } from './legal-timers.ts';
import { INDIA } from './quote-substitution.ts';
import { openOf } from './statement-lines.ts';

/** What somebody is reminded of. All but the first two are for the foreman, or both. */
export type ReminderKind =
  /** 7, 3 and 1 days before an instalment is due, on the day, the day after, and each week from there while it is open. */
  | 'instalment_due'
  /** 7 days and 1 day before a draw. */
  | 'auction'
  /** A winner has to give security before the next draw, or to leave what is to come. */
  | 'security_due'
  /** A prize that is not collected is put apart by the next draw. */
  | 'prize_deposit'
  /** A prize that lies apart may be drawn anew from here on. */
  | 'redraw_allowed'
  | 'removal_notice'
  | 'reentry_ends'
  | 'removal_filing'
  | 'appeal_ends'
  | 'minutes_filing'
  /** That every subscriber has a copy of the agreement. Nothing on record says whether it was filed. */
  | 'certificate_filing'
  | 'refund_due'
  | 'sanction_lapses';

/** Something to remind of on a day. */
export interface Reminder {
  /** When to remind. */
  readonly day: Day;
  readonly what: ReminderKind;
  /** The day that it is about: due, draw, last day. */
  readonly about: Day;
  readonly ticket?: number;
  readonly instalment?: number;
  /** What is open, interest up to the day; of an instalment that is not settled, what it is before dividends. */
  readonly amount?: Money;
  /** Of an auction: why the ticket may not bid as of `asOf`; empty where it may. */
  readonly ineligible?: readonly Ineligible[];
}

/** Which days are planned. */
export interface ReminderOptions {
  /** The first day. */
  readonly asOf: Day;
  /** The last day; 31 days after the first unless given. */
  readonly until?: Day;
  /** What local time is ahead of UTC, in minutes: 330 unless given. */
  readonly offsetMinutes?: number;
}

/**
 * Plans what to remind whom of, from a day on, if nothing else happened in between: ask again after each command, or each day for that day alone.
 *
 * @param chit - The scheme.
 * @param options - The first and the last day.
 * @returns Reminders by day; of one day in the order of kinds, tickets, instalments.
 *
 * @errors
 * - `parameter_unknown`: the law says nothing about a day of the scheme.
 * @source docs/rules/chit-fund.md, CF-49
 */
export function reminderPlan(
  chit: Chit,
  { asOf, until = addDays(asOf, MONTH), offsetMinutes = INDIA }: ReminderOptions,
): Result<readonly Reminder[], ParameterUnknown> {
  return legalTimers(chit, { offsetMinutes }).map((timers) => {
    const span = { asOf, until };
    const legal = timers.flatMap(({ only, ...timer }) =>
      (only ? [0] : AHEAD_OF_TIMERS).map((ahead): Reminder => ({ day: addDays(timer.about, -ahead), ...timer })),
    );
    const own = REMINDED.includes(chit.phase) ? [...dues(chit, span), ...auctions(chit, asOf)] : [];
    return [...own, ...legal].filter(({ day }) => day >= asOf && day <= until).sort(inOrder);
  });
}

interface Span {
  readonly asOf: Day;
  readonly until: Day;
}

function dues(chit: Chit, { asOf, until }: Span): readonly Reminder[] {
  const { dueDays, subscription } = schemeOf(chit);
  const isOver = chit.phase !== 'running' && chit.phase !== 'suspended';
  const settled = isOver ? dueDays.length : settledCount(chit);
  return chit.tickets.flatMap((ticket, index) => {
    if (!HELD.includes(ticket.membership)) return [];
    const about = { what: 'instalment_due', ticket: index + 1 } as const;
    const open = ticket.arrears.flatMap((arrear): Reminder[] =>
      daysOfDue(arrear.due, until).map((day) => {
        // Interest is told as of the day on which it is reminded of.
        const amount = amountOf(chit, openOf([accrue(arrear, chit.terms.late, day > asOf ? day : asOf)]));
        return { day, ...about, about: arrear.due, instalment: arrear.instalment, amount };
      }),
    );
    // What was kept of a prize pays what is to come.
    if (ticket.prize?.status === 'prepaid' || ticket.membership === 'removed') return open;
    const amount = amountOf(chit, subscription + ticket.premium);
    const ahead = dueDays.flatMap((due, number): Reminder[] =>
      number < settled
        ? []
        : daysOfDue(due, until).map((day) => ({ day, ...about, about: due, instalment: number + 1, amount })),
    );
    return [...open, ...ahead];
  });
}

/** The days on which a due is reminded of, up to a last one. */
function daysOfDue(due: Day, until: Day): readonly Day[] {
  const days = AHEAD_OF_DUES.map((ahead) => addDays(due, -ahead));
  const late = daysBetween(due, until);
  for (let after = 1; after <= late; after += WEEK) days.push(addDays(due, after));
  return days;
}

function auctions(chit: Chit, asOf: Day): readonly Reminder[] {
  const { drawDays } = schemeOf(chit);
  return drawDays.flatMap((about, index) => {
    if (index < chit.instalments.length) return [];
    return chit.tickets.flatMap((ticket, place): Reminder[] => {
      if (!HELD.includes(ticket.membership)) return [];
      const arrears = ticket.arrears.map((arrear) => accrue(arrear, chit.terms.late, asOf));
      const ineligible = whyNot(chit, ticket, place + 1, asOf);
      const amount = amountOf(chit, openOf(arrears));
      const rest = { what: 'auction', about, ticket: place + 1, instalment: index + 1, amount, ineligible } as const;
      return AHEAD_OF_AUCTIONS.map((ahead) => ({ day: addDays(about, -ahead), ...rest }));
    });
  });
}

function inOrder(one: Reminder, other: Reminder): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  const kinds = KINDS.indexOf(one.what) - KINDS.indexOf(other.what);
  return kinds || (one.ticket ?? 0) - (other.ticket ?? 0) || (one.instalment ?? 0) - (other.instalment ?? 0);
}

const MONTH = 31;
const WEEK = 7;
const AHEAD_OF_DUES = [7, 3, 1, 0];
const AHEAD_OF_AUCTIONS = [7, 1];
const AHEAD_OF_TIMERS = [7, 1, 0];
const HELD: readonly Membership[] = ['active', 'defaulted', 'removed'];
const REMINDED: readonly Phase[] = [
  'running',
  'suspended',
  'matured',
  'terminated_by_consent',
  'terminated_by_incapacity',
];
const KINDS: readonly ReminderKind[] = [
  'instalment_due',
  'auction',
  'security_due',
  'prize_deposit',
  'redraw_allowed',
  'removal_notice',
  'reentry_ends',
  'removal_filing',
  'appeal_ends',
  'minutes_filing',
  'certificate_filing',
  'refund_due',
  'sanction_lapses',
];
