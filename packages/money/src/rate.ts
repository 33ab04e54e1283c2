import { defect } from './defect.ts';

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

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestCommonDivisor(right, left % right);
}
