import { err, ok, type Result } from 'neverthrow';
import { amountOf, LARGEST_MINOR, type Money } from './amount.ts';
import { type Currency, canonicalCurrency } from './currency.ts';
import { readDecimal } from './decimal-text.ts';
import { LONGEST_AMOUNT } from './parse-money.ts';
import { type AmountRefusal, refusal } from './refusals.ts';

const ALLOWED = 'a bigint, or a string of digits, that counts minor units';

/**
 * Reads an amount from a count of minor units, as providers send them: `1234n` or `'1234'` is 12.34 USD.
 *
 * @param value - Anything; a bigint or a string of digits can be accepted, a `number` is refused for its type.
 * @param currency - What the amount is in.
 * @param field - The name of the field for the refusal.
 * @returns The amount.
 *
 * @errors
 * - `amount_type`: neither a bigint nor a string.
 * - `limit_exceeded`: a text longer than 40 characters; nothing of it was read.
 * - `amount_format`: anything but an optional `-` and digits without a leading zero.
 * - `amount_sign`: a zero with a minus.
 * - `amount_range`: more than 38 digits.
 * @source docs/rules/money.md, M-2, M-4
 */
export function parseMinor<Code extends string>(
  value: unknown,
  currency: Currency<Code>,
  field = 'amount',
): Result<Money<Code>, AmountRefusal> {
  const known = canonicalCurrency(currency);
  if (typeof value === 'bigint') return inRange(value, known, value, field);
  if (typeof value !== 'string') return err(refusal('amount_type', value, { field, allowed: ALLOWED }));
  if (value.length > LONGEST_AMOUNT) {
    return err(refusal('limit_exceeded', value, { field, allowed: `at most ${LONGEST_AMOUNT} characters` }));
  }
  const decimal = readDecimal(value);
  if (decimal === undefined || decimal.fraction !== '') {
    return err(refusal('amount_format', value, { field, allowed: ALLOWED }));
  }
  if (decimal.zero && decimal.negative) {
    return err(refusal('amount_sign', value, { field, allowed: 'a zero without a minus' }));
  }
  const minor = BigInt(decimal.whole);
  return inRange(decimal.negative ? -minor : minor, known, value, field);
}

function inRange<Code extends string>(
  minor: bigint,
  currency: Currency<Code>,
  given: unknown,
  field: string,
): Result<Money<Code>, AmountRefusal> {
  if (minor > LARGEST_MINOR || minor < -LARGEST_MINOR) {
    return err(refusal('amount_range', given, { field, allowed: 'at most 38 digits' }));
  }
  return ok(amountOf(minor, currency));
}
