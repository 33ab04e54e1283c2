import { isMoney, LARGEST_MINOR } from '@holdfast/money';
import { DAY_ALLOWED, isDay } from './calendar.ts';
import { WHOLE_BPS } from './derive.ts';
import { isAmount, isBps, isCount, isOneOf, type Row } from './fields.ts';
import { methodProblems } from './method-problems.ts';
import type { DatedRate, SchemeTerms } from './terms.ts';

/** Why terms cannot be. */
export interface TermsProblem {
  readonly field: string;
  readonly given: unknown;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

const MOST_TICKETS = 10_000;

const MOST_INSTALMENTS = 2_000;
/** The highest tax on the commission, in basis points: a half. */
export const MOST_TAX_BPS = 5_000n;
const MOST_DAYS = 366;
const MOST_HOLIDAYS = 5_000;
const NAME = /^\S(?:.{0,126}\S)?$/u;
const STATE = /^[A-Z]{2}$/;

/**
 * Lists everything that is wrong with terms. What follows from amounts and counts is looked at once these are right.
 *
 * @param terms - Terms; may be anything of their type.
 * @returns The problems; none for terms that hold together, their days aside.
 * @source docs/rules/chit-fund.md, CF-1, CF-2
 */
export function termsProblems(terms: SchemeTerms): readonly TermsProblem[] {
  const rows = [...countRows(terms), ...dayRows(terms), ...shareRows(terms), ...partRows(terms), ...lateRows(terms)];
  const all = rows.length > 0 ? rows : [...methodProblems(terms)];
  return all.map(([field, given, allowed]) => ({ field, given, allowed }));
}

function* countRows({ name, subscription, tickets, instalments, winnersPerDraw = 1 }: SchemeTerms): Generator<Row> {
  if (typeof name !== 'string' || !NAME.test(name)) yield ['name', name, '1 to 128 characters, no space at either end'];
  const paid = isMoney(subscription) && subscription.minor > 0n;
  if (!paid) yield ['subscription', subscription, 'an amount of more than zero'];
  const counted = isCount(tickets, 2, MOST_TICKETS) && isCount(instalments, 2, MOST_INSTALMENTS);
  if (!isCount(tickets, 2, MOST_TICKETS)) yield ['tickets', tickets, `a count from 2 to ${MOST_TICKETS}`];
  if (!isCount(instalments, 2, MOST_INSTALMENTS)) {
    yield ['instalments', instalments, `a count from 2 to ${MOST_INSTALMENTS}`];
  }
  if (!isCount(winnersPerDraw, 1, MOST_TICKETS)) {
    yield ['winnersPerDraw', winnersPerDraw, `a count from 1 to ${MOST_TICKETS}`];
  } else if (counted && tickets !== instalments * winnersPerDraw) {
    yield ['tickets', tickets, 'as many tickets as instalments × winners of a draw, so that each ticket wins once'];
  }
  if (paid && counted && subscription.minor * BigInt(tickets) * BigInt(instalments) * 2n > LARGEST_MINOR) {
    yield ['subscription', subscription, 'an amount of which a whole life of the scheme stays below 38 digits'];
  }
}

function* dayRows({ starts, every, dueAfterDays, holidays, state }: SchemeTerms): Generator<Row> {
  if (!isDay(starts)) yield ['starts', starts, DAY_ALLOWED];
  if (!isOneOf(every, ['day', 'week', 'month'])) yield ['every', every, 'one of day, week, month'];
  if (!isCount(dueAfterDays, 0, MOST_DAYS)) yield ['dueAfterDays', dueAfterDays, `a count from 0 to ${MOST_DAYS}`];
  if (state !== undefined && !STATE.test(state)) yield ['state', state, 'two capital letters, such as AP'];
  if (holidays === undefined) return;
  if (holidays.days.length > MOST_HOLIDAYS) yield ['holidays.days', holidays.days, `at most ${MOST_HOLIDAYS} days`];
  const wrong = holidays.days.findIndex((day) => !isDay(day));
  if (wrong >= 0) yield [`holidays.days.${wrong}`, holidays.days[wrong], DAY_ALLOWED];
  if (!isOneOf(holidays.move, ['later', 'earlier'])) yield ['holidays.move', holidays.move, 'one of later, earlier'];
}

function* shareRows(terms: SchemeTerms): Generator<Row> {
  const { commission, discount, dividend } = terms;
  if (!isBps(commission.basisPoints, WHOLE_BPS)) {
    yield ['commission.basisPoints', commission.basisPoints, 'basis points as a bigint from 0n to 10000n'];
  }
  if (!isOneOf(commission.taken, ['from_discount', 'on_top'])) {
    yield ['commission.taken', commission.taken, 'one of from_discount, on_top'];
  }
  if (discount !== undefined) yield* discountRows(discount, terms);
  if (dividend.lag !== 0 && dividend.lag !== 1) yield ['dividend.lag', dividend.lag, '0 or 1'];
  if (!isOneOf(dividend.among, ['all', 'others', 'living'])) {
    yield ['dividend.among', dividend.among, 'one of all, others, living'];
  }
  if (!isAmount(dividend.unit, terms, 1n) || dividend.unit.minor > terms.subscription.minor) {
    yield ['dividend.unit', dividend.unit, 'an amount of the scheme, more than zero and at most the subscription'];
  }
}

function* discountRows(discount: NonNullable<SchemeTerms['discount']>, terms: SchemeTerms): Generator<Row> {
  const { maximumBasisPoints, minimum, step, tie, noBids } = discount;
  if (!isBps(maximumBasisPoints, WHOLE_BPS)) {
    yield ['discount.maximumBasisPoints', maximumBasisPoints, 'basis points as a bigint from 0n to 10000n'];
  }
  if (!isOneOf(minimum, ['commission', 'nothing'])) {
    yield ['discount.minimum', minimum, 'one of commission, nothing'];
  }
  if (!isAmount(step, terms, 1n)) yield ['discount.step', step, 'an amount of the scheme of more than zero'];
  if (!isOneOf(tie, ['earliest', 'lot'])) yield ['discount.tie', tie, 'one of earliest, lot'];
  if (!isOneOf(noBids, ['lot', 'adjourn'])) yield ['discount.noBids', noBids, 'one of lot, adjourn'];
}

function* partRows(terms: SchemeTerms): Generator<Row> {
  const { companyChit, tax } = terms;
  if (companyChit !== undefined) {
    if (!isCount(companyChit.instalment, 1, terms.instalments)) {
      yield ['companyChit.instalment', companyChit.instalment, 'the number of an instalment'];
    }
    if (typeof companyChit.commission !== 'boolean') {
      yield ['companyChit.commission', companyChit.commission, 'true or false'];
    }
  }
  if (tax === undefined) return;
  if (!isOneOf(tax.bearer, ['winner', 'subscribers', 'foreman'])) {
    yield ['tax.bearer', tax.bearer, 'one of winner, subscribers, foreman'];
  }
  if (tax.unit !== undefined && !isAmount(tax.unit, terms, 1n)) {
    yield ['tax.unit', tax.unit, 'an amount of the scheme of more than zero'];
  }
  if (tax.rates === undefined) {
    if (terms.state === undefined) yield ['tax.rates', tax.rates, 'rates, or a state whose law gives them'];
    return;
  }
  yield* rateRows('tax.rates', tax.rates, MOST_TAX_BPS);
}

/** Rates by their days, each later than the one before. */
function* rateRows(field: string, rates: readonly DatedRate[], most: bigint): Generator<Row> {
  for (const [index, { from, basisPoints }] of rates.entries()) {
    const before = rates[index - 1];
    if (!isDay(from)) yield [`${field}.${index}.from`, from, DAY_ALLOWED];
    else if (before !== undefined && from <= before.from)
      yield [`${field}.${index}.from`, from, 'a day after the last'];
    if (!isBps(basisPoints, most)) {
      yield [`${field}.${index}.basisPoints`, basisPoints, `basis points as a bigint from 0n to ${most}n`];
    }
  }
}

function* lateRows({ late, custom, tickets }: SchemeTerms): Generator<Row> {
  if (!isCount(late.graceDays, 0, MOST_DAYS)) {
    yield ['late.graceDays', late.graceDays, `a count from 0 to ${MOST_DAYS}`];
  }
  if (!isBps(late.interestBasisPoints, WHOLE_BPS)) {
    yield ['late.interestBasisPoints', late.interestBasisPoints, 'basis points as a bigint from 0n to 10000n'];
  }
  if (!isOneOf(late.by, ['actual_365', 'month'])) yield ['late.by', late.by, 'one of actual_365, month'];
  const ends = ['nothing', 'foreman', 'pool', 'restore_on_cure'];
  if (!isOneOf(late.forfeit, ends)) yield ['late.forfeit', late.forfeit, `one of ${ends.join(', ')}`];
  if (!isOneOf(late.first, ['interest', 'principal'])) yield ['late.first', late.first, 'one of interest, principal'];
  if (custom === undefined) return;
  const { soleBidder, ticketsPerPerson, vacant, vacantDeduction } = custom;
  if (soleBidder !== undefined && !isOneOf(soleBidder, ['auction', 'lot'])) {
    yield ['custom.soleBidder', soleBidder, 'one of auction, lot'];
  }
  if (ticketsPerPerson !== undefined && !isCount(ticketsPerPerson, 1, tickets)) {
    yield ['custom.ticketsPerPerson', ticketsPerPerson, 'a count from 1 to the tickets'];
  }
  if (vacant !== undefined && vacant !== 'foreman_holds') yield ['custom.vacant', vacant, 'foreman_holds'];
  if (vacantDeduction !== undefined) yield* rateRows('custom.vacantDeduction', vacantDeduction, WHOLE_BPS);
}
