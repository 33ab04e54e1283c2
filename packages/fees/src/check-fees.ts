import { isMoney, isRounding, isSameCurrency, type Money, type Rate } from '@holdfast/money';
import type { FeeRuleInput } from './fee-schedule.ts';

/** The most fees of a schedule. */
export const MOST_FEES = 50;

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const VERSION = /^[\x21-\x7e]{1,64}$/;
const MODES: readonly unknown[] = ['additive', 'deductive'];

/**
 * Looks for everything that is wrong with a schedule.
 *
 * @param version - Its version.
 * @param rules - Its fees by name.
 * @returns One sentence for each problem; none when the schedule is fine.
 */
export function feeProblems(version: string, rules: Readonly<Record<string, FeeRuleInput>>): readonly string[] {
  const problems: string[] = [];
  if (typeof version !== 'string' || !VERSION.test(version)) {
    problems.push('The version is not 1 to 64 visible characters without spaces.');
  }
  const lines = Object.entries(rules);
  if (lines.length > MOST_FEES) problems.push(`There are ${lines.length} fees, more than ${MOST_FEES}.`);
  for (const [line, rule] of lines) problems.push(...ruleProblems(line, rule));
  if (problems.length === 0) problems.push(...wholeProblems(lines.map(([, rule]) => rule)));
  return problems;
}

function* ruleProblems(line: string, rule: FeeRuleInput): Generator<string> {
  const { payer, mode, rate, rounding, fixed, minimum, maximum } = rule;
  if (line === 'payout') yield 'No fee may be called payout: that is the line that takes the rest.';
  if (!NAME.test(line))
    yield `The name ${JSON.stringify(line.slice(0, 64))} is not a letter and up to 39 letters, digits or _.`;
  if (typeof payer !== 'string' || payer === '') yield `The fee ${line} has no payer.`;
  if (!MODES.includes(mode)) yield `The mode of the fee ${line} is neither additive nor deductive.`;
  if (!isFraction(rate)) yield `The rate of the fee ${line} is not a fraction from 0 to 1.`;
  if (rounding !== undefined && !isRounding(rounding)) yield `The rounding of the fee ${line} is unknown.`;
  for (const [what, amount] of Object.entries({ fixed, minimum, maximum })) {
    if (amount !== undefined && (!isMoney(amount) || amount.minor < 0n)) {
      yield `The ${what} of the fee ${line} is not an amount of zero or more.`;
    }
  }
  if (isMoney(minimum) && isMoney(maximum) && isSameCurrency(minimum.currency, maximum.currency)) {
    if (minimum.minor > maximum.minor)
      yield `The fee ${line} has a minimum of ${minimum}, above its maximum of ${maximum}.`;
  }
}

/** What only all fees together show. */
function* wholeProblems(rules: readonly FeeRuleInput[]): Generator<string> {
  const amounts = rules.flatMap(({ fixed, minimum, maximum }) =>
    [fixed, minimum, maximum].filter((amount): amount is Money => amount !== undefined),
  );
  const other = amounts.find(({ currency }) => amounts[0] && !isSameCurrency(currency, amounts[0].currency));
  if (amounts[0] && other) {
    yield `Some amounts are in ${amounts[0].currency.code} and some in ${other.currency.code}: no sale could have both.`;
  }
  if (exceedsWhole(rules.filter(({ mode }) => mode === 'deductive').map(({ rate }) => rate))) {
    yield 'The deductive fees together take more than the whole amount.';
  }
}

function isFraction(rate: Rate): boolean {
  if (typeof rate !== 'object' || rate === null) return false;
  const { num, den } = rate;
  return typeof num === 'bigint' && typeof den === 'bigint' && num >= 0n && den > 0n && num <= den;
}

function exceedsWhole(rates: readonly Rate[]): boolean {
  let num = 0n;
  let den = 1n;
  for (const rate of rates) {
    num = num * rate.den + rate.num * den;
    den *= rate.den;
  }
  return num > den;
}
