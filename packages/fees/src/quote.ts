import {
  type AmountSign,
  add,
  asMoneyOf,
  type CurrencyMismatch,
  isSameCurrency,
  type Money,
  maximum,
  minimum,
  requirePositive,
  share,
  subtract,
} from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type FeeRule, type FeeSchedule, feeLines } from './fee-schedule.ts';
import type { FeeExceedsAmount } from './refusals.ts';

/**
 * What one sale costs and pays, computed once and kept: plain frozen data, fit for JSON. Whatever happens to the
 * schedule later, refunds reverse these lines.
 *
 * @typeParam Line - The names of the fees.
 * @typeParam Code - The currency's code.
 */
export interface Quote<Line extends string = string, Code extends string = string> {
  /** The version of the schedule. */
  readonly schedule: string;
  /** What the sale is for. */
  readonly amount: Money<Code>;
  /** What is taken in: the amount and the additive fees. Also the sum of all lines and the payout. */
  readonly charge: Money<Code>;
  /** What is paid out: the amount less the deductive fees, the residual. */
  readonly payout: Money<Code>;
  /** Each fee. */
  readonly lines: Readonly<Record<Line, Money<Code>>>;
  /** The rules that were applied, with their rates and roundings. */
  readonly rules: Readonly<Record<Line, FeeRule>>;
}

/** Why {@link quote} refuses, in order of precedence. */
export type QuoteRefusal = AmountSign | CurrencyMismatch | FeeExceedsAmount;

/**
 * Quotes a sale: every fee rounded once, the charge and the payout as sums of rounded lines.
 *
 * @param schedule - The rules.
 * @param amount - What the sale is for.
 * @returns The quote; its lines and its payout sum to its charge.
 *
 * @errors
 * - `amount_sign`: the amount is zero or less.
 * - `currency_mismatch`: a rule has a fixed part or a bound in another currency.
 * - `fee_exceeds_amount`: the deductive fees are more than the amount; carries both.
 * @source docs/rules/fees.md, F-3, F-4, F-5
 */
export function quote<Line extends string, Code extends string>(
  schedule: FeeSchedule<Line>,
  amount: Money<Code>,
): Result<Quote<Line, Code>, QuoteRefusal> {
  const positive = requirePositive(amount);
  if (positive.isErr()) return err(positive.error);
  const own = currencyOf(schedule);
  const known = own === undefined ? ok(amount) : asMoneyOf(amount, own.currency);
  if (known.isErr()) return err(known.error);
  const quoted = computeQuote(schedule, amount);
  if (quoted.payout.minor < 0n) {
    return err({ code: 'fee_exceeds_amount', amount, fees: subtract(amount, quoted.payout) });
  }
  // Nothing below refuses.
  return ok(quoted);
}

/**
 * Quotes a sale whose amount was checked before, in a currency that the rules know.
 *
 * @param schedule - The rules.
 * @param amount - What the sale is for, more than zero.
 * @returns The quote.
 * @throws A `TypeError` with the refusal's `code` where {@link quote} refuses: a defect of the caller.
 */
export function quoteLines<Line extends string, Code extends string>(
  schedule: FeeSchedule<Line>,
  amount: Money<Code>,
): Quote<Line, Code> {
  const quoted = quote(schedule, amount);
  if (quoted.isOk()) return quoted.value;
  const { code } = quoted.error;
  throw Object.assign(new TypeError(`The fees ${schedule.version} do not quote ${amount}: ${code}.`), { code });
}

/** Computes a quote without asking whether it makes sense. */
function computeQuote<Line extends string, Code extends string>(
  schedule: FeeSchedule<Line>,
  amount: Money<Code>,
): Quote<Line, Code> {
  const lines = {} as Record<Line, Money<Code>>;
  let charge = amount;
  let payout = amount;
  for (const line of feeLines(schedule)) {
    const rule = schedule.rules[line];
    const fee = feeOf(rule, amount);
    lines[line] = fee;
    if (rule.mode === 'additive') charge = add(charge, fee);
    else payout = subtract(payout, fee);
  }
  const { version, rules } = schedule;
  return Object.freeze({ schedule: version, amount, charge, payout, lines: Object.freeze(lines), rules });
}

/** One fee: the fraction rounded once, the fixed part added, and then the bounds. */
function feeOf<Code extends string>(rule: FeeRule, amount: Money<Code>): Money<Code> {
  const inCurrency = (bound: Money): Money<Code> => bound as Money<Code>;
  let fee = share(amount, rule.rate, rule.rounding);
  if (rule.fixed !== undefined) fee = add(fee, inCurrency(rule.fixed));
  if (rule.minimum !== undefined) fee = maximum(fee, inCurrency(rule.minimum));
  if (rule.maximum !== undefined) fee = minimum(fee, inCurrency(rule.maximum));
  return fee;
}

/** Any amount of the rules, all of which are in one currency; nothing where the rules are for every currency. */
function currencyOf(schedule: FeeSchedule): Money | undefined {
  for (const rule of Object.values(schedule.rules)) {
    const found = rule.fixed ?? rule.minimum ?? rule.maximum;
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Tells whether a schedule can quote amounts in a currency.
 *
 * @param schedule - The rules.
 * @param currency - A currency.
 * @returns `false` when the rules have a fixed part or a bound in another one.
 */
export function quotesIn(schedule: FeeSchedule, currency: Money['currency']): boolean {
  const own = currencyOf(schedule);
  return own === undefined || isSameCurrency(own.currency, currency);
}
