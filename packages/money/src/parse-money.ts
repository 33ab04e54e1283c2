import { err, ok, type Result } from 'neverthrow';
import { amountOf, LARGEST_MINOR, type Money } from './amount.ts';
import { type Currency, canonicalCurrency } from './currency.ts';
import { type DecimalText, readDecimal } from './decimal-text.ts';
import { type AmountRefusal, refusal } from './refusals.ts';

/** The longest text that can be an amount: a minus, 38 digits and a point. */
export const LONGEST_AMOUNT = 40;

/**
 * Reads an amount from decimal text such as `12.34`, `-5` or `0.5`. Nothing is trimmed, folded or rounded.
 *
 * @param text - Anything; only a string can be accepted, a `number` is refused for its type whatever its value.
 * @param currency - What the amount is in; fewer decimals than it has are filled up.
 * @param field - The name of the field for the refusal.
 * @returns The amount.
 *
 * @errors
 * - `amount_type`: no string.
 * - `limit_exceeded`: longer than 40 characters; nothing of it was read.
 * - `amount_format`: anything but an optional `-`, digits without a leading zero, and one `.` between digits.
 * - `amount_scale`: more decimals than the currency has, zeros included.
 * - `amount_sign`: a zero with a minus.
 * - `amount_range`: more than 38 digits in minor units.
 * @source docs/rules/money.md, M-2, M-4
 */
export function parseMoney<Code extends string>(
  text: unknown,
  currency: Currency<Code>,
  field = 'amount',
): Result<Money<Code>, AmountRefusal> {
  const known = canonicalCurrency(currency);
  if (typeof text !== 'string') return err(refusal('amount_type', text, { field, allowed: allowedText(known) }));
  if (text.length > LONGEST_AMOUNT) {
    const allowed = `at most ${LONGEST_AMOUNT} characters`;
    return err(refusal('limit_exceeded', text, { field, allowed }));
  }
  const decimal = readDecimal(text);
  if (decimal === undefined) return err(refusal('amount_format', text, { field, allowed: allowedText(known) }));
  return amountFrom(decimal, known, text, field);
}

function amountFrom<Code extends string>(
  decimal: DecimalText,
  currency: Currency<Code>,
  text: string,
  field: string,
): Result<Money<Code>, AmountRefusal> {
  const { scale } = currency;
  if (decimal.fraction.length > scale) {
    return err(refusal('amount_scale', text, { field, scale, allowed: allowedText(currency) }));
  }
  if (decimal.zero && decimal.negative) {
    return err(refusal('amount_sign', text, { field, allowed: 'a zero without a minus' }));
  }
  const minor = BigInt(decimal.whole + decimal.fraction.padEnd(scale, '0'));
  if (minor > LARGEST_MINOR) {
    const allowed = `at most 38 digits, ${scale} of them decimals`;
    return err(refusal('amount_range', text, { field, allowed }));
  }
  // Nothing below refuses.
  return ok(amountOf(decimal.negative ? -minor : minor, currency));
}

function allowedText({ code, scale }: Currency): string {
  return scale === 0
    ? `a decimal string without decimals for ${code}, such as '1234'`
    : `a decimal string with at most ${scale} decimals for ${code}, such as '12.3'`;
}
