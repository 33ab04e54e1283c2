import type { Money } from '@holdfast/money';
import { ok, type Result } from 'neverthrow';
import { amountOf, schemeOf } from '../chit/scheme-of.ts';
import type { Chit, InstalmentStatus, PrizeStatus } from '../chit/state.ts';
import type { Fraction } from '../law/parameter.ts';
import type { ParameterUnknown } from '../law/refusals.ts';
import type { Win } from '../settlement/settlement.ts';
import type { Day } from '../terms/terms.ts';
import { ageOf, coverOf, incomeOf } from './figures.ts';
import { type ChitHistory, type HistoryStep, lastOf, stepsOf } from './history.ts';
import { dayBefore, type MissedDeadline, missedDeadlines } from './missed-deadlines.ts';

/** What is open, by how many days it has been. Principal with forfeited dividends; interest apart. */
export interface Ageing {
  /** Not due yet, or due today. */
  readonly notDue: Money;
  readonly to30: Money;
  readonly to60: Money;
  readonly to90: Money;
  readonly over90: Money;
  /** Of all of them, up to the day. */
  readonly interest: Money;
}

/** What a draw of the period came to. */
export interface ReportedDraw {
  readonly instalment: number;
  readonly status: InstalmentStatus;
  readonly wins: readonly (Win & { readonly prize?: { readonly amount: Money; readonly status: PrizeStatus } })[];
  /** Of a settled one. */
  readonly settled?: {
    readonly due: Money;
    /** Of those dues, what is still open. */
    readonly open: Money;
    readonly discount: Money;
    readonly prizes: Money;
    readonly commission: Money;
    readonly tax: Money;
    readonly dividends: Money;
    readonly carry: Money;
    readonly float: Money;
  };
}

/** The report of one scheme for a span of days. */
export interface MonthlyReport {
  readonly scheme: string;
  readonly name: string;
  readonly phase: Chit['phase'];
  readonly from: Day;
  readonly to: Day;
  readonly asOf: Day;
  readonly draws: readonly ReportedDraw[];
  /** What happened on the days from `from` to `to`, or until `asOf`. */
  readonly flows: {
    /** Dues of instalments that were settled. */
    readonly due: Money;
    readonly received: Money;
    readonly reversed: Money;
    readonly prizesPaid: Money;
    readonly prizesDeposited: Money;
    readonly dividends: Money;
    readonly commission: Money;
    readonly tax: Money;
    /** Interest and forfeited dividends that went to the foreman. */
    readonly penalties: Money;
  };
  /** How the scheme stands at the end of `asOf`. */
  readonly standing: {
    readonly arrears: Ageing;
    readonly carry: Money;
    readonly float: Money;
    readonly reserve: Money;
    /** What the foreman has put in, above zero. */
    readonly advance: Money;
    readonly prizesUnpaid: Money;
    readonly commissionNotTaken: Money;
    readonly taxNotTaken: Money;
  };
  /** Securities over what their tickets still owe and will; absent where no prize was paid against security, or they owe nothing. */
  readonly securityCover?: Fraction;
  /** Times of the law that were not kept by `asOf`, over the whole life. */
  readonly exceptions: readonly MissedDeadline[];
}

/** Which days: a calendar month such as `2026-03`, or from the draw of an instalment to the day before the next one. */
export type ReportPeriod = { readonly asOf: Day } & ({ readonly month: string } | { readonly instalment: number });

/**
 * Makes the report of a scheme for a month, or for an instalment, as it stood on a day.
 *
 * @param history - What {@link chitHistory} gave.
 * @param period - The days, and the day as of which it is told.
 * @returns The report.
 *
 * @errors
 * - `parameter_unknown`: the law says nothing about a day of the scheme.
 * @source docs/rules/chit-fund.md, CF-48
 */
export function monthlyReport(history: ChitHistory, period: ReportPeriod): Result<MonthlyReport, ParameterUnknown> {
  const { asOf } = period;
  const steps = stepsOf(history, asOf);
  const chit = lastOf(steps, history);
  const { from, to } = daysOf(chit, period);
  const within = steps.filter(({ day }) => day >= from && day <= to);
  const { drawDays } = schemeOf(chit);
  const instalments =
    'instalment' in period
      ? [period.instalment]
      : drawDays.flatMap((day, index) => (day >= from && day <= to ? [index + 1] : []));
  const cover = coverOf(chit, asOf);
  return missedDeadlines(steps, chit, asOf).andThen((exceptions) =>
    ok({
      scheme: history.id,
      name: chit.terms.name,
      phase: chit.phase,
      from,
      to,
      asOf,
      draws: instalments.flatMap((instalment) => drawOf(chit, instalment)),
      flows: flowsOf(chit, within),
      standing: standingOf(chit, asOf),
      ...(cover ? { securityCover: cover } : {}),
      exceptions,
    }),
  );
}

function daysOf(chit: Chit, period: ReportPeriod): { readonly from: Day; readonly to: Day } {
  if ('month' in period) return { from: `${period.month}-01`, to: `${period.month}-31` };
  const { drawDays } = schemeOf(chit);
  const next = drawDays[period.instalment];
  const from = drawDays[period.instalment - 1] ?? period.asOf;
  return { from, to: next === undefined ? period.asOf : dayBefore(next) };
}

function drawOf(chit: Chit, instalment: number): readonly ReportedDraw[] {
  const known = chit.instalments[instalment - 1];
  if (!known) return [];
  const amount = (minor: bigint): Money => amountOf(chit, minor);
  const wins = known.wins.map((win) => {
    const prize = chit.tickets[win.ticket - 1]?.prize;
    return prize?.instalment === instalment
      ? { ...win, prize: { amount: amount(prize.amount), status: prize.status } }
      : win;
  });
  const { money } = known;
  if (!money) return [{ instalment, status: known.status, wins }];
  const open = chit.tickets
    .flatMap(({ arrears }) => arrears.filter((arrear) => arrear.instalment === instalment))
    .reduce((sum, { principal }) => sum + principal, 0n);
  const settled = {
    due: amount(money.dues),
    open: amount(open),
    discount: amount(money.discount),
    prizes: amount(money.prizes),
    commission: amount(money.commission),
    tax: amount(money.tax),
    dividends: amount(money.dividends),
    carry: amount(money.carryOut),
    float: amount(money.floatOut),
  };
  return [{ instalment, status: known.status, wins, settled }];
}

function flowsOf(chit: Chit, within: readonly HistoryStep[]): MonthlyReport['flows'] {
  const total = (of: (step: HistoryStep) => bigint): Money =>
    amountOf(
      chit,
      within.reduce((sum, step) => sum + of(step), 0n),
    );
  const settled = (of: 'dues' | 'dividends' | 'commission' | 'tax'): Money =>
    total(({ event }) => (event.type === 'InstalmentSettled' ? event.money[of] : 0n));
  return {
    due: settled('dues'),
    received: total(({ event }) => (event.type === 'PaymentReceived' ? event.amount.minor : 0n)),
    reversed: total(({ event }) => (event.type === 'PaymentReversed' ? event.amount.minor : 0n)),
    prizesPaid: total(({ event }) =>
      event.type === 'PrizePaid' ? event.amount.minor : event.type === 'PrizePrepaid' ? event.paid.minor : 0n,
    ),
    prizesDeposited: total(({ event }) => (event.type === 'PrizeDeposited' ? event.amount.minor : 0n)),
    dividends: settled('dividends'),
    commission: settled('commission'),
    tax: settled('tax'),
    penalties: total(({ before, after }) => after.penalties - (before?.penalties ?? 0n)),
  };
}

function standingOf(chit: Chit, asOf: Day): MonthlyReport['standing'] {
  const amount = (minor: bigint): Money => amountOf(chit, minor);
  const income = incomeOf(chit);
  return {
    arrears: ageOf(chit, asOf),
    carry: amount(chit.carry),
    float: amount(chit.float.reduce((sum, dividend) => sum + dividend, 0n)),
    reserve: amount(chit.reserve),
    advance: amount(income.advance),
    prizesUnpaid: amount(income.prizesUnpaid),
    commissionNotTaken: amount(income.commission),
    taxNotTaken: amount(income.tax),
  };
}
