import { type Currency, canonicalCurrency, isSameCurrency } from './currency.ts';
import { defect } from './defect.ts';
import { formatDecimal } from './format-decimal.ts';

/**
 * An amount of money: a whole count of minor units in one currency. Frozen; every operation gives a new one.
 *
 * @typeParam Code - The currency's code as a literal, when known; amounts of two known codes do not mix.
 */
export interface Money<Code extends string = string> {
  /** The count of minor units (cents, satoshi, wei), at most 38 digits. */
  readonly minor: bigint;
  /** What it is counted in; plain frozen data. */
  readonly currency: Currency<Code>;
  /** Gives `{ amount: '12.34', currency: 'USD' }`. */
  toJSON(): MoneyJson<Code>;
  /** Gives `12.34 USD`. */
  toString(): string;
}

/**
 * An amount as JSON. `amount` has all decimals of its currency, so the scale is read off the text and stored
 * amounts stay readable without a registry.
 */
export interface MoneyJson<Code extends string = string> {
  /** A decimal such as `12.34`, `-0.05`, or `1000` for a currency without decimals. */
  readonly amount: string;
  /** The currency's code. */
  readonly currency: Code;
}

/** The largest number of minor units in an amount: 38 digits, the most that the stores keep exactly. */
export const LARGEST_MINOR: bigint = 10n ** 38n - 1n;

const BRAND = Symbol.for('holdfast.money');

class Amount<Code extends string> implements Money<Code> {
  readonly minor: bigint;
  readonly currency: Currency<Code>;

  constructor(minor: bigint, currency: Currency<Code>) {
    this.minor = minor;
    this.currency = currency;
    // A third of the cost of an addition, and worth it: nobody can change an amount that was checked.
    Object.freeze(this);
  }

  // A private method is a mark that no proxy, copy or look-alike carries.
  #isAmount(): true {
    return true;
  }

  /** Answers whether a value was made by this copy of the package; other copies reach it through the brand. */
  static isGenuine(value: object): boolean {
    return #isAmount in value && value.#isAmount();
  }

  toJSON(): MoneyJson<Code> {
    return { amount: formatDecimal(this), currency: this.currency.code };
  }

  toString(): string {
    return `${formatDecimal(this)} ${this.currency.code}`;
  }
}

Object.defineProperty(Amount.prototype, BRAND, {
  value(this: object): boolean {
    return Amount.isGenuine(this);
  },
});
Object.freeze(Amount.prototype);

/**
 * Makes an amount from a count of minor units.
 *
 * @param minor - Minor units, such as cents; at most 38 digits, of either sign.
 * @param currency - What they are counted in.
 * @returns The amount.
 * @throws A `TypeError` with code `amount_type` when `minor` is no bigint, a `RangeError` with code `amount_range`
 * past 38 digits. Both are defects: a value from outside goes through `parseMinor`.
 * @source docs/rules/money.md, M-1, M-2
 */
export function money<Code extends string>(minor: bigint, currency: Currency<Code>): Money<Code> {
  if (typeof minor !== 'bigint') {
    throw defect('amount_type', `An amount is made from a bigint of minor units, not from a ${typeof minor}.`);
  }
  return amountOf(minor, canonicalCurrency(currency));
}

/**
 * Makes an amount in a currency that already is canonical: the fast way for the package's own operations.
 *
 * @param minor - Minor units.
 * @param currency - The currency of another amount.
 * @returns The amount.
 * @throws A `RangeError` with code `amount_range` past 38 digits.
 */
export function amountOf<Code extends string>(minor: bigint, currency: Currency<Code>): Money<Code> {
  if (minor > LARGEST_MINOR || minor < -LARGEST_MINOR) {
    throw defect('amount_range', `An amount of ${currency.code} has more than 38 digits.`);
  }
  return new Amount(minor, currency);
}

/**
 * Tells whether a value is an amount made by this package, or by another copy of it in the same process.
 *
 * @param value - Anything.
 * @returns `false` for proxies around an amount, for look-alikes and for JSON.
 */
export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  if (Amount.isGenuine(value)) return true;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (typeof prototype !== 'object' || prototype === null) return false;
    const answer: unknown = Reflect.get(prototype, BRAND);
    return typeof answer === 'function' && Reflect.apply(answer, value, []) === true;
  } catch {
    return false; // A proxy may throw at any of these.
  }
}

/**
 * Stops when two amounts are in different currencies, which the types allow only where a code is not known.
 *
 * @param left - An amount.
 * @param right - Another.
 * @throws A `TypeError` with code `currency_mismatch`.
 */
export function assertSameCurrency(left: Money, right: Money): void {
  if (!isSameCurrency(left.currency, right.currency)) {
    throw defect(
      'currency_mismatch',
      `An amount of ${left.currency.code} (scale ${left.currency.scale}) met one of ${right.currency.code} (scale ${right.currency.scale}).`,
    );
  }
}
