import { err, ok, type Result } from 'neverthrow';
import { amountOf, type Money } from './amount.ts';
import { type CurrencyRegistry, currencies } from './currencies.ts';
import { type Currency, canonicalCurrency, isSameCurrency } from './currency.ts';
import { defect } from './defect.ts';
import { findCurrency } from './find-currency.ts';
import { rateFromJson } from './parse-rate.ts';
import { type Rate, type RateJson, rateToJson, ratio } from './rate.ts';
import { readFields } from './read-fields.ts';
import { type CurrencyUnknown, type RatioInvalid, refusal, type ShapeInvalid } from './refusals.ts';
import { divideRounded, isRounding, type Rounding } from './rounding.ts';

/** What a conversion is done by, kept beside the amounts, so that it can be done again and shown to anyone. Frozen. */
export interface ConversionQuote<From extends string = string, To extends string = string> {
  /** What the quote is called where it came from, where it has a name. */
  readonly id?: string;
  /** What is converted. */
  readonly from: Currency<From>;
  /** Into what. */
  readonly to: Currency<To>;
  /** Units of `to` for one unit of `from`, such as dollars for one euro; whole units, not minor ones. */
  readonly rate: Rate;
  /** Which way an inexact minor unit of `to` goes. */
  readonly rounding: Rounding;
  /** When the rate was quoted: an ISO-8601 UTC instant with milliseconds. */
  readonly quotedAt: string;
  /** Gives the quote as JSON. */
  toJSON(): ConversionQuoteJson<From, To>;
}

/** A conversion quote as JSON. */
export interface ConversionQuoteJson<From extends string = string, To extends string = string> {
  readonly id?: string;
  readonly from: Currency<From>;
  readonly to: Currency<To>;
  readonly rate: RateJson;
  readonly rounding: Rounding;
  readonly quotedAt: string;
}

/** Why JSON is not a conversion quote, in order of precedence. */
export type ConversionQuoteRefusal = ShapeInvalid | CurrencyUnknown | RatioInvalid;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const LONGEST_ID = 200;

/**
 * Fixes what a conversion is done by.
 *
 * @param terms - The rate in whole units, both currencies, the rounding and the instant of the quote.
 * @returns The quote, frozen; it becomes JSON and comes back by {@link conversionQuoteFromJson}.
 * @throws A `TypeError` with code `conversion_invalid` for a rate of zero, one currency twice, an instant of another
 * form, or a name of no or more than 200 characters.
 * @source docs/rules/money.md, M-11
 */
export function quoteConversion<From extends string, To extends string>(
  terms: Omit<ConversionQuote<From, To>, 'toJSON'>,
): ConversionQuote<From, To> {
  const from = canonicalCurrency(terms.from);
  const to = canonicalCurrency(terms.to);
  const problem = problemOf(terms);
  if (problem !== undefined) throw defect('conversion_invalid', `No conversion quote: ${problem}.`);
  const quote = {
    ...(terms.id === undefined ? {} : { id: terms.id }),
    from,
    to,
    rate: ratio(terms.rate.num, terms.rate.den),
    rounding: terms.rounding,
    quotedAt: terms.quotedAt,
  };
  Object.defineProperty(quote, 'toJSON', {
    value: (): ConversionQuoteJson<From, To> => ({ ...quote, rate: rateToJson(quote.rate) }),
  });
  return Object.freeze(quote) as ConversionQuote<From, To>;
}

/**
 * Converts an amount by a kept quote, rounded once.
 *
 * @param amount - In the quote's `from`.
 * @param quote - What it is converted by.
 * @returns The amount in the quote's `to`.
 * @throws A defect: `currency_mismatch` where the currency was not known and is another, `amount_range` past 38 digits.
 * @source docs/rules/money.md, M-11
 */
export function convert<From extends string, To extends string>(
  amount: Money<NoInfer<From>>,
  quote: ConversionQuote<From, To>,
): Money<To> {
  if (!isSameCurrency(amount.currency, quote.from)) {
    throw defect('currency_mismatch', `A quote from ${quote.from.code} converts no ${amount.currency.code}.`);
  }
  const { from, to, rate } = quote;
  const dividend = amount.minor * rate.num * 10n ** BigInt(to.scale);
  const divisor = rate.den * 10n ** BigInt(from.scale);
  return amountOf(divideRounded(dividend, divisor, quote.rounding), to);
}

/**
 * Reads a conversion quote back from JSON.
 *
 * @param value - Anything; what a quote's `toJSON` gave can be accepted.
 * @param registry - The currencies that are accepted; the ready-made ones unless given.
 * @param field - The name of the field for the refusal.
 * @returns The quote.
 *
 * @errors
 * - `shape_invalid`: other fields, an unknown rounding, an instant of another form, one currency twice.
 * - `currency_unknown`: a currency that is not in the registry, or is there with other decimals.
 * - `ratio_invalid`: a rate that is none, or zero.
 */
export function conversionQuoteFromJson(
  value: unknown,
  registry: CurrencyRegistry = currencies,
  field = 'quote',
): Result<ConversionQuote, ConversionQuoteRefusal> {
  const names = ['from', 'to', 'rate', 'rounding', 'quotedAt'] as const;
  const fields = readFields(value, names) ?? readFields(value, [...names, 'id']);
  if (fields === undefined) {
    const allowed = `a plain object with ${names.join(', ')}, and id where it has one`;
    return err(refusal('shape_invalid', value, { field, allowed }));
  }
  const from = currencyFromJson(fields.from, registry, `${field}.from`);
  if (from.isErr()) return err(from.error);
  const to = currencyFromJson(fields.to, registry, `${field}.to`);
  if (to.isErr()) return err(to.error);
  const rate = rateFromJson(fields.rate, `${field}.rate`);
  if (rate.isErr()) return err(rate.error);
  const { rounding, quotedAt, id } = fields as Record<string, unknown>;
  if (!isRounding(rounding) || typeof quotedAt !== 'string' || (id !== undefined && typeof id !== 'string')) {
    const allowed = 'a known rounding, and an instant and an id as strings';
    return err(refusal('shape_invalid', value, { field, allowed }));
  }
  const named = id === undefined ? {} : { id };
  const terms = { ...named, from: from.value, to: to.value, rate: rate.value, rounding, quotedAt };
  const problem = problemOf(terms);
  if (problem !== undefined)
    return err(refusal('shape_invalid', value, { field, allowed: `no quote where ${problem}` }));
  return ok(quoteConversion(terms));
}

function problemOf(terms: Omit<ConversionQuote, 'toJSON'>): string | undefined {
  if (terms.rate.num <= 0n) return 'the rate is zero';
  if (terms.from.code === terms.to.code) return `${terms.from.code} is converted into itself`;
  if (!isRounding(terms.rounding)) return 'the rounding is unknown';
  if (!INSTANT.test(terms.quotedAt)) return 'quotedAt is no ISO-8601 UTC instant with milliseconds';
  if (terms.id !== undefined && (terms.id.length === 0 || terms.id.length > LONGEST_ID)) {
    return `the id has no or more than ${LONGEST_ID} characters`;
  }
  return undefined;
}

function currencyFromJson(
  value: unknown,
  registry: CurrencyRegistry,
  field: string,
): Result<Currency, ShapeInvalid | CurrencyUnknown> {
  const fields = readFields(value, ['code', 'scale']);
  if (fields === undefined) {
    return err(refusal('shape_invalid', value, { field, allowed: "a plain object with exactly 'code' and 'scale'" }));
  }
  return findCurrency(fields.code, registry, `${field}.code`).andThen((currency) => {
    if (currency.scale === fields.scale) return ok(currency);
    const allowed = `${currency.code} with ${currency.scale} decimals`;
    return err(refusal('currency_unknown', fields.scale, { field: `${field}.scale`, allowed }));
  });
}
