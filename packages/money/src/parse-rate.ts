import { err, ok, type Result } from 'neverthrow';
import { readDecimal } from './decimal-text.ts';
import { type Rate, ratio } from './rate.ts';
import { readFields } from './read-fields.ts';
import { type RatioInvalid, refusal } from './refusals.ts';

/** The most decimals of a percentage. */
export const PERCENT_DECIMALS = 8;
/** The most decimals of a rate. */
export const RATE_DECIMALS = 18;

const LONGEST_RATE = 40;
const LARGEST_PART = 10n ** 60n;

/**
 * Reads a percentage from decimal text such as `5` or `2.9`.
 *
 * @param text - Anything; only a string can be accepted.
 * @param field - The name of the field for the refusal.
 * @returns The rate, a hundredth of what was written.
 *
 * @errors
 * - `ratio_invalid`: no plain decimal, more than 8 decimals, or not from 0 to 100.
 */
export function parsePercent(text: unknown, field = 'percent'): Result<Rate, RatioInvalid> {
  const allowed = `a decimal string from 0 to 100 with at most ${PERCENT_DECIMALS} decimals`;
  const read = readRate(text, PERCENT_DECIMALS);
  if (read === undefined || read.num > 100n * read.den) return err(refusal('ratio_invalid', text, { field, allowed }));
  return ok(ratio(read.num, read.den * 100n));
}

/**
 * Reads basis points, hundredths of a percent.
 *
 * @param value - Anything; a bigint or a string of digits can be accepted, a `number` is refused for its type.
 * @param field - The name of the field for the refusal.
 * @returns The rate.
 *
 * @errors
 * - `ratio_invalid`: not a whole number from 0 to 10,000.
 */
export function parseBasisPoints(value: unknown, field = 'basisPoints'): Result<Rate, RatioInvalid> {
  const points = typeof value === 'bigint' ? value : readRate(value, 0)?.num;
  if (points === undefined || points < 0n || points > 10_000n) {
    const allowed = 'a bigint, or a string of digits, from 0 to 10000';
    return err(refusal('ratio_invalid', value, { field, allowed }));
  }
  return ok(ratio(points, 10_000n));
}

/**
 * Reads a rate from decimal text such as `0.05` or `1.4705`.
 *
 * @param text - Anything; only a string can be accepted.
 * @param field - The name of the field for the refusal.
 * @returns The rate.
 *
 * @errors
 * - `ratio_invalid`: no plain decimal, negative, more than 18 decimals, or longer than 40 characters.
 */
export function parseRate(text: unknown, field = 'rate'): Result<Rate, RatioInvalid> {
  const read = readRate(text, RATE_DECIMALS);
  if (read !== undefined) return ok(ratio(read.num, read.den));
  const allowed = `a decimal string of zero or more with at most ${RATE_DECIMALS} decimals, in ${LONGEST_RATE} characters`;
  return err(refusal('ratio_invalid', text, { field, allowed }));
}

/**
 * Reads a rate back from JSON.
 *
 * @param value - Anything; what a rate's `toJSON` gave can be accepted.
 * @param field - The name of the field for the refusal.
 * @returns The rate.
 *
 * @errors
 * - `ratio_invalid`: not exactly `num` and `den`, strings of digits (at most 60), `den` more than zero.
 */
export function rateFromJson(value: unknown, field = 'rate'): Result<Rate, RatioInvalid> {
  const fields = readFields(value, ['num', 'den']);
  const num = fields && readCount(fields.num);
  const den = fields && readCount(fields.den);
  if (num !== undefined && den !== undefined && den > 0n) return ok(ratio(num, den));
  return err(refusal('ratio_invalid', value, { field, allowed: "'num' and 'den' as strings of at most 60 digits" }));
}

function readRate(text: unknown, decimals: number): Rate | undefined {
  if (typeof text !== 'string' || text.length > LONGEST_RATE) return undefined;
  const decimal = readDecimal(text);
  if (decimal === undefined || decimal.negative || decimal.fraction.length > decimals) return undefined;
  return { num: BigInt(decimal.whole + decimal.fraction), den: 10n ** BigInt(decimal.fraction.length) };
}

function readCount(text: unknown): bigint | undefined {
  if (typeof text !== 'string' || text.length > 60) return undefined;
  const decimal = readDecimal(text);
  if (decimal === undefined || decimal.negative || decimal.fraction !== '') return undefined;
  const count = BigInt(decimal.whole);
  return count < LARGEST_PART ? count : undefined;
}
