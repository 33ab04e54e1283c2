import { formatDecimal, type Money, type Rate, rateToDecimal, share } from '@holdfast/money';
import { additiveLines, deductiveLines, type FeeRule, feeLines, type QuoteLine } from './fee-schedule.ts';
import type { Quote } from './quote.ts';

/** One step of a quote, for people. */
export interface QuoteStep<Line extends string = string> {
  /** What the step is about: a fee, the charge or the payout. */
  readonly line: QuoteLine<Line> | 'charge';
  /** What it comes to. */
  readonly amount: Money;
  /** How, as a sentence. */
  readonly text: string;
}

/**
 * Says how a quote came about, one step after the other.
 *
 * @param quote - The quote.
 * @returns The fees in their order, then the charge and the payout.
 */
export function explain<Line extends string>(quote: Quote<Line>): readonly QuoteStep<Line>[] {
  const fees = feeLines(quote).map((line): QuoteStep<Line> => {
    const fee = quote.lines[line];
    return { line, amount: fee, text: `${line}: ${feeText(quote.rules[line], quote.amount, fee)}.` };
  });
  const { amount, charge, payout } = quote;
  const terms = (sign: string, lines: readonly Line[]): string =>
    [formatDecimal(amount), ...lines.map((line) => `${formatDecimal(quote.lines[line])} (${line})`)].join(` ${sign} `);
  return [
    ...fees,
    { line: 'charge', amount: charge, text: `The charge is ${terms('+', additiveLines(quote))} = ${charge}.` },
    { line: 'payout', amount: payout, text: `The payout is ${terms('-', deductiveLines(quote))} = ${payout}.` },
  ];
}

function feeText(rule: FeeRule, amount: Money, fee: Money): string {
  const { payer, mode, rate, rounding, fixed, minimum, maximum } = rule;
  const rounded = share(amount, rate, rounding);
  const exact = (amount.minor * rate.num) % rate.den === 0n;
  const steps = [`${rateText(rate)} of ${formatDecimal(amount)} is ${formatDecimal(rounded)}`];
  if (!exact) steps.push(`rounded by ${rounding}`);
  if (fixed !== undefined) steps.push(`and ${formatDecimal(fixed)} fixed`);
  const before = rounded.minor + (fixed?.minor ?? 0n);
  if (minimum !== undefined && before < minimum.minor) steps.push(`at least ${formatDecimal(minimum)}`);
  if (maximum !== undefined && before > maximum.minor) steps.push(`at most ${formatDecimal(maximum)}`);
  const borne = mode === 'additive' ? `added for the ${payer}` : `taken from the ${payer}`;
  return `${steps.join(', ')}: ${fee}, ${borne}`;
}

/** `5 %` where the percentage has an end, else the fraction. */
function rateText(rate: Rate): string {
  const percent = rateToDecimal({ num: rate.num * 100n, den: rate.den }, 60);
  const ends = percent.times(rate.den.toString()).equals((rate.num * 100n).toString());
  return ends && percent.decimalPlaces() <= 20 ? `${percent.toFixed()} %` : `${rate.num}/${rate.den}`;
}
