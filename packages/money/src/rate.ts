import { err, ok, type Result } from 'neverthrow';
import { readDecimal } from './decimal-text.ts';
import { defect } from './defect.ts';
import type { PositiveLiteral } from './literal.ts';
import { readFields } from './read-fields.ts';
import { type RatioInvalid, refusal } from './refusals.ts';

/**
 * An exact fraction, such as a fee's percentage or an exchange rate: never negative, in lowest terms.
 * Those made here are frozen and become JSON as `{ num: '1', den: '20' }`.
 */
export interface Rate {
  /** The numerator, zero or more. */
  readonly num: bigint;
  /** The denominator, more than zero. */
  readonly den: bigint;
}

/** A rate as JSON: two counts as text. */
export interface RateJson {
  /** The numerator's digits. */
  readonly num: string;
  /** The denominator's digits. */
  readonly den: string;
}

/** The most decimals of a percentage. */
export const PERCENT_DECIMALS = 8;
/** The most decimals of a rate. */
export const RATE_DECIMALS = 18;

const LONGEST_RATE = 40;
const LARGEST_PART = 10n ** 60n;

class Fraction implements Rate {
  readonly num: bigint;
  readonly den: bigint;

  constructor(num: bigint, den: bigint) {
    const common = greatestCommonDivisor(num, den);
    this.num = num / common;
    this.den = den / common;
    Object.freeze(this);
  }

  toJSON(): RateJson {
    return { num: this.num.toString(), den: this.den.toString() };
  }
}

/**
 * Makes a rate from two whole numbers: `ratio(1n, 3n)` is a third.
 *
 * @param num - Zero or more.
 * @param den - More than zero.
 * @returns The rate, in lowest terms.
 * @throws A `TypeError` with code `ratio_invalid` otherwise.
 * @source docs/rules/money.md, M-8
 */
export function ratio(num: bigint, den: bigint): Rate {
  if (typeof num !== 'bigint' || typeof den !== 'bigint' || num < 0n || den <= 0n) {
    throw defect('ratio_invalid', 'A ratio is a bigint of zero or more over a bigint of more than zero.');
  }
  return new Fraction(num, den);
}

/**
 * Makes a rate from a percentage from 0 to 100 with at most 8 decimals: `percent('2.9')`.
 *
 * @param literal - Checked by the compiler; for text from outside see {@link parsePercent}.
 * @returns The rate, a hundredth of what was written.
 * @throws A `TypeError` with code `ratio_invalid` above 100, or where the types were circumvented.
 * @source docs/rules/money.md, M-8
 */
export function percent<const Literal extends string>(literal: PositiveLiteral<Literal, 8, 'percent'>): Rate {
  return orDefect(parsePercent(literal));
}

/**
 * Makes a rate from basis points, hundredths of a percent: `basisPoints(250n)` is 2.5 %.
 *
 * @param points - 0 to 10,000.
 * @returns The rate.
 * @throws A `TypeError` with code `ratio_invalid` otherwise.
 * @source docs/rules/money.md, M-8
 */
export function basisPoints(points: bigint): Rate {
  return orDefect(parseBasisPoints(points));
}

/**
 * Makes a rate from a decimal with at most 18 decimals: `rate('0.05')`, or `rate('1.4705')` for an exchange.
 *
 * @param literal - Checked by the compiler; for text from outside see {@link parseRate}.
 * @returns The rate.
 * @throws A `TypeError` with code `ratio_invalid` where the types were circumvented.
 * @source docs/rules/money.md, M-8
 */
export function rate<const Literal extends string>(literal: PositiveLiteral<Literal, 18, 'rate'>): Rate {
  return orDefect(parseRate(literal));
}

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
  return ok(new Fraction(read.num, read.den * 100n));
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
  return ok(new Fraction(points, 10_000n));
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
  if (read !== undefined) return ok(new Fraction(read.num, read.den));
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
  if (num !== undefined && den !== undefined && den > 0n) return ok(new Fraction(num, den));
  return err(refusal('ratio_invalid', value, { field, allowed: "'num' and 'den' as strings of at most 60 digits" }));
}

/**
 * Gives a rate as JSON, also one that was made by hand.
 *
 * @param value - The rate.
 * @returns Two counts as text.
 */
export function rateToJson(value: Rate): RateJson {
  return { num: value.num.toString(), den: value.den.toString() };
}

/**
 * Tells whether two rates are the same fraction.
 *
 * @param left - A rate.
 * @param right - Another.
 * @returns Whether they are equal, in lowest terms or not.
 */
export function isSameRate(left: Rate, right: Rate): boolean {
  return left.num * right.den === right.num * left.den;
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

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestCommonDivisor(right, left % right);
}

function orDefect(result: Result<Rate, RatioInvalid>): Rate {
  if (result.isOk()) return result.value;
  const { field, given, allowed } = result.error;
  throw defect('ratio_invalid', `${given} is no ${field}: it takes ${allowed}.`);
}
