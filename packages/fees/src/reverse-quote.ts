import {
  type AmountSign,
  asMoneyOf,
  type CurrencyMismatch,
  isNegative,
  type Money,
  money,
  requirePositive,
  reverseCumulatively,
  subtract,
} from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { feeLines, type QuoteLine } from './fee-schedule.ts';
import type { Quote } from './quote.ts';
import type { RefundExceedsRemaining } from './refusals.ts';

/** How much of a quote's charge was given back before, and how much is given back now. */
export interface Refund<Code extends string = string> {
  /** What earlier refunds gave back of the charge, zero or more. */
  readonly already: Money<Code>;
  /** What is given back now, more than zero. */
  readonly back: Money<Code>;
}

/** Why {@link reverse} refuses, in order of precedence. */
export type ReverseRefusal = CurrencyMismatch | AmountSign | RefundExceedsRemaining;

/**
 * Says what each line of a frozen quote gives back in a refund, by Webster's method over the whole of what was given
 * back so far. The rules are not run again: minima, maxima and rates of today have no say.
 *
 * @param quote - The frozen quote.
 * @param refund - What was given back before, and now; both of the charge.
 * @returns What each fee and the payout give back now: never negative, in sum exactly `back`. However the charge is
 * given back, in one refund or in many, every line ends up having given back exactly what it took.
 *
 * @errors
 * - `currency_mismatch`: an amount is in another currency than the quote.
 * - `amount_sign`: `back` is zero or less, or `already` is negative.
 * - `refund_exceeds_remaining`: more than is left of the charge; carries what is left.
 * @source docs/rules/fees.md, F-6
 */
export function reverse<Line extends string, Code extends string>(
  quote: Quote<Line, Code>,
  refund: Refund<NoInfer<Code>>,
): Result<Readonly<Record<QuoteLine<Line>, Money<Code>>>, ReverseRefusal> {
  const { charge, payout } = quote;
  for (const field of ['already', 'back'] as const) {
    const known = asMoneyOf(refund[field], charge.currency, field);
    if (known.isErr()) return err(known.error);
  }
  const { already, back } = refund;
  const positive = requirePositive(isNegative(already) ? already : back, isNegative(already) ? 'already' : 'back');
  if (positive.isErr()) return err(positive.error);
  if (already.minor + back.minor > charge.minor) {
    return err({ code: 'refund_exceeds_remaining', back, remaining: subtract(charge, already) });
  }
  // Nothing below refuses.
  const names: readonly QuoteLine<Line>[] = [...feeLines(quote), 'payout'];
  const frozen = names.map((name) => (name === 'payout' ? payout : quote.lines[name as Line]).minor);
  const parts = reverseCumulatively(frozen, { already: already.minor, back: back.minor });
  const given = names.map((name, index) => [name, money(parts[index] ?? 0n, charge.currency)]);
  return ok(Object.freeze(Object.fromEntries(given)));
}
