import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { DAY_ALLOWED, daysBetween, isDay } from '../terms/calendar.ts';
import type { Day } from '../terms/terms.ts';
import { MOST_PERIODS } from './cash-flow.ts';
import { type InternalRates, named } from './internal-rates.ts';
import { decimalOf, RATE_DECIMALS, readDecimals } from './rate-grid.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';
import { rootsOf, type Term } from './sparse-roots.ts';

/** What a ticket's holder gets, below zero where he pays, on a day. In minor units. */
export interface DatedAmount {
  readonly day: Day;
  readonly amount: bigint;
}

/** How days make a year: as they are, of 365 or of 360; or months of 30 days in a year of 360, where the 31st counts as the 30th. */
export type DayCount = 'actual_365' | 'actual_360' | 'thirty_360';

/** The rates of a cash flow with days. */
export interface DatedRates {
  /** Effective rates of a year, fractions of one, the lowest first. */
  readonly found: InternalRates;
  /**
   * Whether it is proven that there are no others. Where it is not, the flow comes so near to nothing without changing its sign between the rates found that
   * two rates a billionth of a millionth a day apart, or one that it only touches, could be hidden there.
   */
  readonly complete: boolean;
}

/** The longest time that is looked at: fifteen years. */
const MOST_DAYS = 5_490;

/**
 * Finds the effective yearly rates at which amounts on days come to nothing: what a spreadsheet's XIRR gives one of.
 *
 * Each rate found is one: the sum is computed in whole numbers and changes its sign there. That there are no others is proven by the signs of a derived sum
 * (Descartes' rule, one change of sign less at a time), and where it cannot be, `complete` says so.
 *
 * @param flow - In any order; amounts of one day are added.
 * @param options - How days make a year, `actual_365` where absent; to how many decimals each rate is rounded, 10 where absent.
 * @returns All rates above −100 %.
 *
 * @errors
 * - `cash_flow_invalid`: fewer than 2 amounts or more than 520, a day that is none, more than 15 years, or nothing but zeros.
 * - `rate_invalid`: `decimals` is not from 1 to 30.
 * @source docs/rules/chit-fund.md, CF-28
 */
export function datedRates(
  flow: readonly DatedAmount[],
  options: { readonly count?: DayCount; readonly decimals?: number } = {},
): Result<DatedRates, CashFlowInvalid | ReturnRateInvalid> {
  const { count = 'actual_365', decimals = RATE_DECIMALS } = options;
  const read = readDecimals(decimals);
  const terms = termsOf(flow, count);
  if (terms.isErr()) return err(terms.error);
  if (read.isErr()) return err(read.error);
  const year = count === 'actual_365' ? 365 : 360;
  const { roots, complete } = rootsOf(terms.value, { power: year, decimals });
  const rates = roots.map((units) => decimalOf(units - 10n ** BigInt(decimals), decimals));
  return ok({ found: named(rates), complete });
}

/** The flow as a polynomial in the growth of a day: the last day has power 0. */
function termsOf(flow: readonly DatedAmount[], count: DayCount): Result<readonly Term[], CashFlowInvalid> {
  if (!Array.isArray(flow) || flow.length < 2 || flow.length > MOST_PERIODS) {
    return invalid('flow', flow, `2 to ${MOST_PERIODS} amounts on days`);
  }
  for (const [index, { day, amount }] of flow.entries()) {
    if (!isDay(day)) return invalid(`flow.${index}.day`, day, DAY_ALLOWED);
    if (typeof amount !== 'bigint') return invalid(`flow.${index}.amount`, amount, 'a bigint of minor units');
  }
  const last = flow
    .map(({ day }) => day)
    .toSorted()
    .at(-1) as Day;
  const powers = new Map<number, bigint>();
  for (const { day, amount } of flow) {
    const power = count === 'thirty_360' ? thirty360(day, last) : daysBetween(day, last);
    powers.set(power, (powers.get(power) ?? 0n) + amount);
  }
  const terms = [...powers].map(([power, factor]): Term => ({ power, factor })).filter(({ factor }) => factor !== 0n);
  terms.sort((left, right) => left.power - right.power);
  if (terms.length === 0) return invalid('flow', 'nothing but zeros', 'amounts that are not all zero');
  if ((terms.at(-1)?.power ?? 0) > MOST_DAYS) return invalid('flow', last, `at most ${MOST_DAYS} days`);
  return ok(terms);
}

/** Days between two days where each month has 30 and the 31st is the 30th. */
function thirty360(from: Day, to: Day): number {
  const number = (day: Day): number => {
    const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
    return months * 30 + Math.min(30, Number(day.slice(8, 10)));
  };
  return number(to) - number(from);
}

function invalid(field: string, given: unknown, allowed: string): Result<never, CashFlowInvalid> {
  return err({ code: 'cash_flow_invalid', field, given: printGiven(given), allowed });
}
