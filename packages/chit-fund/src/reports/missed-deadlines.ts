import { err, ok, type Result } from 'neverthrow';
import { schemeOf } from '../chit/scheme-of.ts';
import type { Chit } from '../chit/state.ts';
import { type DeadlineKind, deadlineOf } from '../law/deadline-of.ts';
import type { ParameterUnknown } from '../law/refusals.ts';
import { addDays } from '../terms/calendar.ts';
import type { Day } from '../terms/terms.ts';
import type { HistoryStep } from './history.ts';

/** A time of the law that was not kept. */
export interface MissedDeadline {
  /** `prize_deposited`: an uncollected prize is put apart by the day of the next draw. */
  readonly what:
    | Extract<DeadlineKind, 'minutes_filed' | 'prize_paid' | 'refund_paid' | 'sanction_lapses'>
    | 'prize_deposited';
  /** The last day on which it would have been in time. */
  readonly by: Day;
  /** When it was done after all; absent while it is not. */
  readonly done?: Day;
  readonly source: string;
  readonly ticket?: number;
  readonly instalment?: number;
}

interface Watched extends Omit<MissedDeadline, 'by' | 'source'> {
  readonly from: Day;
  /** Where it is no time of the table. */
  readonly fixed?: { readonly by: Day; readonly source: string };
  readonly nextInstalment?: Day;
}

/** Finds the times of the law that were not kept by a day, in the order of their days. Outside of the Act there are none. */
export function missedDeadlines(
  steps: readonly HistoryStep[],
  chit: Chit,
  asOf: Day,
): Result<readonly MissedDeadline[], ParameterUnknown> {
  const { state } = chit.terms;
  if (state === undefined) return ok([]);
  const missed: MissedDeadline[] = [];
  for (const { from, fixed, nextInstalment, what, ...about } of watchedOf(steps, chit)) {
    const options = { state, ...(nextInstalment === undefined ? {} : { nextInstalment }) };
    const deadline = fixed
      ? ok({ day: fixed.by, source: fixed.source })
      : deadlineOf(what as DeadlineKind, from, options);
    if (deadline.isErr()) return err(deadline.error);
    const { day: by, source } = deadline.value;
    if ((about.done ?? asOf) > by) missed.push({ what, by, source, ...about });
  }
  return ok(missed.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)));
}

function watchedOf(steps: readonly HistoryStep[], chit: Chit): readonly Watched[] {
  return steps.flatMap((step, index): readonly Watched[] => {
    const { event, day } = step;
    const later = steps.slice(index + 1);
    switch (event.type) {
      case 'DrawDeclared': {
        const { instalment } = event;
        const again = later.findIndex(
          (one) => one.event.type === 'DrawDeclared' && one.event.instalment === instalment,
        );
        const own = again < 0 ? later : later.slice(0, again);
        const filed = own.find((one) => one.event.type === 'MinutesFiled' && one.event.instalment === instalment);
        return [{ what: 'minutes_filed', from: day, instalment, ...doneOn(filed) }];
      }
      case 'PrizePrepaid':
        return prepaidOf(steps.slice(0, index), chit, { ticket: event.ticket, instalment: event.instalment, day });
      case 'InstalmentSettled':
      case 'RedrawSettled':
        return event.prizes.flatMap(({ ticket }) =>
          uncollectedOf(later, chit, { ticket, instalment: event.instalment, day }),
        );
      case 'SchemeSanctioned': {
        const registered = later.find(
          (one) => one.event.type === 'SchemeRegistered' || one.event.type === 'SanctionLapsed',
        );
        const by = later.findLast((one) => one.event.type === 'SanctionExtended')?.event;
        const lapsesOn = by?.type === 'SanctionExtended' ? by.lapsesOn : event.lapsesOn;
        const fixed = { by: lapsesOn, source: 'Chit Funds Act 1982, s. 4' };
        return [{ what: 'sanction_lapses', from: event.on, fixed, ...doneOn(registered) }];
      }
      default:
        return isEnd(step) ? refundsOf(later, step) : [];
    }
  });
}

interface PrizePlace {
  readonly ticket: number;
  readonly instalment: number;
  readonly day: Day;
}

function prepaidOf(
  before: readonly HistoryStep[],
  chit: Chit,
  { ticket, instalment, day }: PrizePlace,
): readonly Watched[] {
  const won = before.findLast(
    ({ event }) => event.type === 'DrawDeclared' && event.wins.some((win) => win.ticket === ticket),
  );
  if (!won) return [];
  const nextInstalment = schemeOf(chit).drawDays[instalment];
  return [
    {
      what: 'prize_paid',
      from: won.day,
      ticket,
      instalment,
      done: day,
      ...(nextInstalment === undefined ? {} : { nextInstalment }),
    },
  ];
}

/** A prize that was ready before the next draw, and was neither paid nor put apart by then. */
function uncollectedOf(
  later: readonly HistoryStep[],
  chit: Chit,
  { ticket, instalment, day }: PrizePlace,
): readonly Watched[] {
  const next = schemeOf(chit).drawDays[instalment];
  if (next === undefined || day > next) return [];
  const end = later.find(({ event }) => 'ticket' in event && event.ticket === ticket && LEAVES.includes(event.type));
  const fixed = { by: next, source: 'Chit Funds Act 1982, s. 22(2)' };
  return [{ what: 'prize_deposited', from: day, fixed, ticket, instalment, ...doneOn(end) }];
}

function isEnd({ before, after }: HistoryStep): boolean {
  return before?.phase !== after.phase && ENDS.includes(after.phase);
}

function refundsOf(later: readonly HistoryStep[], { after, day }: HistoryStep): readonly Watched[] {
  return after.tickets.flatMap(({ removal, membership }, index): readonly Watched[] => {
    if (!removal || removal.refunded || membership === 'active') return [];
    const ticket = index + 1;
    const paid = later.find(
      ({ event }) =>
        (event.type === 'DefaulterRefunded' || event.type === 'UnclaimedDeposited') && event.ticket === ticket,
    );
    return [{ what: 'refund_paid', from: day, ticket, ...doneOn(paid) }];
  });
}

function doneOn(step: HistoryStep | undefined): { readonly done?: Day } {
  return step ? { done: step.day } : {};
}

/** Gives the day before another. */
export function dayBefore(day: Day): Day {
  return addDays(day, -1);
}

const LEAVES: readonly string[] = ['PrizePaid', 'PrizePrepaid', 'PrizeDeposited', 'DrawVoided', 'UnclaimedDeposited'];
const ENDS: readonly Chit['phase'][] = ['matured', 'terminated_by_consent', 'terminated_by_incapacity'];
