import {
  type CurrencyRegistry,
  currencies,
  type Money,
  type MoneyJson,
  printGiven,
  type RateJson,
  type Rounding,
  rateToJson,
} from '@holdfast/money';
import { err, type Result } from 'neverthrow';
import { feeProblems } from './check-fees.ts';
import { frozenSchedule } from './define-fees.ts';
import { type FeeMode, type FeeRule, feeLines } from './fee-schedule.ts';
import { quoteShape, type Reading, readAmount, readRules, readShape } from './json.ts';
import type { Quote } from './quote.ts';
import type { QuoteDiffers, QuoteInvalid, ScheduleMismatch } from './refusals.ts';
import { replayQuote } from './replay-quote.ts';

/** A rule as JSON. */
export interface FeeRuleJson {
  readonly payer: string;
  readonly mode: FeeMode;
  readonly rate: RateJson;
  readonly rounding: Rounding;
  readonly fixed?: MoneyJson;
  readonly minimum?: MoneyJson;
  readonly maximum?: MoneyJson;
}

/** A quote as JSON. */
export interface QuoteJson<Line extends string = string> {
  readonly schedule: string;
  readonly amount: MoneyJson;
  readonly charge: MoneyJson;
  readonly payout: MoneyJson;
  readonly lines: Readonly<Record<Line, MoneyJson>>;
  readonly rules: Readonly<Record<Line, FeeRuleJson>>;
}

/**
 * Gives a quote as JSON; `JSON.stringify` of the quote itself writes the same.
 *
 * @param quote - The quote.
 * @returns Plain data, amounts as decimal strings.
 */
export function quoteToJson<Line extends string>(quote: Quote<Line>): QuoteJson<Line> {
  const lines = {} as Record<Line, MoneyJson>;
  const rules = {} as Record<Line, FeeRuleJson>;
  for (const line of feeLines(quote)) {
    lines[line] = quote.lines[line].toJSON();
    rules[line] = ruleToJson(quote.rules[line]);
  }
  const { schedule, amount, charge, payout } = quote;
  return { schedule, amount: amount.toJSON(), charge: charge.toJSON(), payout: payout.toJSON(), lines, rules };
}

/**
 * Reads a quote back from JSON, and replays it: a quote that its own rules do not give is refused.
 *
 * @param value - Anything.
 * @param registry - The currencies that are accepted; the ready-made ones unless given.
 * @returns The quote, frozen.
 *
 * @errors
 * - `shape_invalid`: not of that form.
 * - `quote_differs`: a line, the charge or the payout is not what the quote's rules give for its amount.
 * @source docs/rules/fees.md, F-7
 */
export function quoteFromJson(
  value: unknown,
  registry: CurrencyRegistry = currencies,
): Result<Quote, QuoteInvalid | ScheduleMismatch | QuoteDiffers> {
  const reading: Reading = { registry, problems: [] };
  const read = readShape(quoteShape, value, reading);
  const rules = readRules(read?.rules ?? {}, reading);
  const fees: [string, Money][] = [];
  for (const [line, amount] of Object.entries(read?.lines ?? {})) {
    const fee = readAmount(amount, `lines.${line}`, reading);
    if (fee !== undefined) fees.push([line, fee]);
  }
  const amount = read && readAmount(read.amount, 'amount', reading);
  const charge = read && readAmount(read.charge, 'charge', reading);
  const payout = read && readAmount(read.payout, 'payout', reading);
  const [problem] = reading.problems;
  if (problem !== undefined || !read || !amount || !charge || !payout) {
    const { field, given, allowed } = problem ?? { field: '', given: printGiven(value), allowed: 'a quote' };
    return err({ code: 'shape_invalid', field, given, allowed });
  }
  const [sentence] = feeProblems(read.schedule, rules);
  if (sentence !== undefined) {
    return err({ code: 'shape_invalid', field: 'rules', given: 'fees that cannot be', allowed: sentence });
  }
  const { version: schedule, rules: frozen } = frozenSchedule(read.schedule, rules);
  const lines = Object.freeze(Object.fromEntries(fees));
  return replayQuote(Object.freeze({ schedule, amount, charge, payout, lines, rules: frozen }));
}

function ruleToJson(rule: FeeRule): FeeRuleJson {
  const { payer, mode, rate, rounding, fixed, minimum, maximum } = rule;
  return {
    payer,
    mode,
    rate: rateToJson(rate),
    rounding,
    ...(fixed && { fixed: fixed.toJSON() }),
    ...(minimum && { minimum: minimum.toJSON() }),
    ...(maximum && { maximum: maximum.toJSON() }),
  };
}
