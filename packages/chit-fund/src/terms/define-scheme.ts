import { isMoney, printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { scheduleDays } from './calendar.ts';
import { commissionOfWinner, grossPrizeOf, leastDiscountOf, mostDiscountOf } from './derive.ts';
import type { TermsInvalid } from './refusals.ts';
import type { Scheme, SchemeTerms } from './terms.ts';
import { type TermsProblem, termsProblems } from './terms-problems.ts';

/**
 * Makes a scheme of its terms: checks that they hold together, and works out what follows from them.
 *
 * Terms may well be against the law and still hold together: {@link checkCompliance} tells.
 *
 * @param terms - What the agreement says about money, all amounts in one currency.
 * @returns The scheme, frozen through and through, with a copy of the terms.
 *
 * @errors
 * - `config_invalid`: terms that cannot be; carries every problem as a sentence.
 * @source docs/rules/chit-fund.md, CF-1 to CF-5
 */
export function defineScheme(terms: SchemeTerms): Result<Scheme, TermsInvalid> {
  const kept = copied(terms);
  const [first, ...others] = problemsOf(kept);
  if (first !== undefined) return err(termsInvalid([first, ...others]));
  const days = scheduleDays(kept);
  if (days !== undefined) return ok(schemeOf(kept, days));
  const allowed = 'days that leave each draw a day of its own, within the calendar';
  return err(termsInvalid([{ field: 'holidays', given: kept.holidays, allowed }]));
}

/**
 * Makes the refusal of terms out of what is wrong with them.
 *
 * @param problems - At least one.
 * @returns The refusal; the first problem gives its field.
 */
export function termsInvalid(problems: readonly [TermsProblem, ...TermsProblem[]]): TermsInvalid {
  const [{ field, given, allowed }] = problems;
  const sentences = problems.map((problem) => `${problem.field || 'The whole'}: ${problem.allowed}.`);
  return { code: 'config_invalid', field, given: printGiven(given), allowed, problems: sentences };
}

function schemeOf(terms: SchemeTerms, days: Pick<Scheme, 'drawDays' | 'dueDays'>): Scheme {
  const subscription = terms.subscription.minor;
  const winnersPerDraw = terms.winnersPerDraw ?? 1;
  const bids = terms.discount;
  return frozen({
    terms,
    currency: terms.subscription.currency,
    gross: subscription * BigInt(terms.tickets),
    grossPrize: grossPrizeOf(terms),
    subscription,
    commission: commissionOfWinner(terms) * BigInt(winnersPerDraw),
    ...(bids === undefined
      ? {}
      : {
          discount: { least: leastDiscountOf(terms, bids), most: mostDiscountOf(terms, bids), step: bids.step.minor },
        }),
    unit: terms.dividend.unit.minor,
    winnersPerDraw,
    drawDays: days.drawDays,
    dueDays: days.dueDays,
  });
}

function problemsOf(terms: SchemeTerms): readonly TermsProblem[] {
  try {
    return termsProblems(terms);
  } catch {
    // Not of the type at all: a part of it could not even be read.
    return [{ field: '', given: terms, allowed: 'terms of the type, each part of them' }];
  }
}

/** Copies plain data once, so that what is checked is what is kept; amounts are frozen already. */
function copied(terms: SchemeTerms): SchemeTerms {
  try {
    return frozen(terms);
  } catch {
    return terms;
  }
}

function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || isMoney(data)) return data;
  const copy: unknown = Array.isArray(data)
    ? data.map(frozen)
    : Object.fromEntries(Object.entries(data).map(([name, part]) => [name, frozen(part)]));
  return Object.freeze(copy) as Data;
}
