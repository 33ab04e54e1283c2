import { ok, Result } from 'neverthrow';
import { dayOf } from '../chit/environment.ts';
import { amountOf, futureLiability, schemeOf } from '../chit/scheme-of.ts';
import type { Chit, Phase, Prize, Ticket } from '../chit/state.ts';
import { type DeadlineKind, deadlineOf } from '../law/deadline-of.ts';
import type { ParameterUnknown } from '../law/refusals.ts';
import type { Day } from '../terms/terms.ts';
import { dayBefore } from './missed-deadlines.ts';
import type { Reminder, ReminderKind } from './reminder-plan.ts';

/** A time that runs under the Act. */
export interface Timer extends Omit<Reminder, 'day'> {
  /** Only on its day: nothing has to be done before. */
  readonly only?: true;
}

/** Lists the times that run for a scheme under the Act, by the record as it stands. Elsewhere there are none. */
export function legalTimers(
  chit: Chit,
  place: { readonly offsetMinutes: number },
): Result<readonly Timer[], ParameterUnknown> {
  const { state } = chit.terms;
  if (state === undefined) return ok([]);
  const tickets = chit.tickets.flatMap((ticket, index) => [
    ...prizeTimers(chit, ticket, index + 1, place),
    ...removalTimers(ticket, index + 1, place),
    ...refundTimers(chit, ticket, index + 1, place),
  ]);
  const running = [...minutesTimers(chit, place), ...tickets].map((timer) => resolve(timer, state));
  return Result.combine([...running, ...sanctionTimers(chit)]);
}

/** A time whose last day is told by the law, or is known. */
type Running = Omit<Timer, 'about'> & ({ readonly kind: DeadlineKind; readonly from: Day } | { readonly about: Day });

function resolve(running: Running, state: string): Result<Timer, ParameterUnknown> {
  if ('about' in running) return ok(running);
  const { kind, from, ...timer } = running;
  return deadlineOf(kind, from, { state }).map(({ day }) => ({ ...timer, about: day }));
}

type Place = { readonly offsetMinutes: number };

function prizeTimers(chit: Chit, { prize }: Ticket, ticket: number, place: Place): readonly Running[] {
  if (!prize) return [];
  const { instalment, depositedAt, status, security } = prize;
  const about = { ticket, instalment };
  if (status === 'deposited' && depositedAt !== undefined)
    return [{ what: 'redraw_allowed', kind: 'redraw_allowed', from: dayOf(depositedAt, place), only: true, ...about }];
  const next = schemeOf(chit).drawDays[instalment];
  if (next === undefined || !WAITING.includes(status)) return [];
  const amount = amountOf(chit, prize.amount);
  const deposit: Running = { what: 'prize_deposit', about: dayBefore(next), ...about, amount };
  const owes = futureLiability(chit, ticket);
  return security || owes === 0n
    ? [deposit]
    : [{ what: 'security_due', about: dayBefore(next), ...about, amount: amountOf(chit, owes) }, deposit];
}

function removalTimers({ membership, removal }: Ticket, ticket: number, place: Place): readonly Running[] {
  if (membership !== 'removed' || !removal) return [];
  const from = dayOf(removal.on, place);
  return [
    ...REMOVAL.map(([what, kind]): Running => ({ what, kind, from, ticket })),
    { what: 'reentry_ends', about: dayOf(removal.until, place), ticket },
  ];
}

function refundTimers(chit: Chit, { removal, membership }: Ticket, ticket: number, place: Place): readonly Running[] {
  if (!ENDED.includes(chit.phase) || !removal || removal.refunded || membership === 'active') return [];
  const ended = chit.phase === 'matured' ? schemeOf(chit).dueDays.at(-1) : dayOf(removal.on, place);
  return ended === undefined ? [] : [{ what: 'refund_due', kind: 'refund_paid', from: ended, ticket }];
}

function minutesTimers({ instalments }: Chit, place: Place): readonly Running[] {
  const first = instalments[0]?.declaredAt;
  const filings = instalments.flatMap(({ declaredAt, minutes }, index): Running[] =>
    declaredAt === undefined || minutes === 'filed'
      ? []
      : [{ what: 'minutes_filing', kind: 'minutes_filed', from: dayOf(declaredAt, place), instalment: index + 1 }],
  );
  if (first === undefined) return filings;
  return [{ what: 'certificate_filing', kind: 'certificate_filed', from: dayOf(first, place) }, ...filings];
}

function sanctionTimers({ phase, sanction }: Chit): readonly Result<Timer, ParameterUnknown>[] {
  return phase === 'sanctioned' && sanction ? [ok({ what: 'sanction_lapses', about: sanction.lapsesOn })] : [];
}

const WAITING: readonly Prize['status'][] = ['declared', 'awaiting', 'secured'];
const ENDED: readonly Phase[] = ['matured', 'terminated_by_consent', 'terminated_by_incapacity'];
const REMOVAL: readonly (readonly [ReminderKind, DeadlineKind])[] = [
  ['removal_notice', 'removal_notified'],
  ['removal_filing', 'removal_filed'],
  ['appeal_ends', 'appeal_ends'],
];
