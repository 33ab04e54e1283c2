export { absolute } from './absolute.ts';
export { add } from './add.ts';
export { allocate, largestRemainder, type Shares } from './allocate.ts';
export { isMoney, LARGEST_MINOR, type Money, type MoneyJson, money } from './amount.ts';
export { asMoneyOf, isIn } from './as-money-of.ts';
export { compare } from './compare.ts';
export {
  type ConversionQuote,
  type ConversionQuoteJson,
  type ConversionQuoteRefusal,
  conversionQuoteFromJson,
  convert,
  quoteConversion,
} from './conversion.ts';
export {
  aud,
  brl,
  btc,
  type CurrencyRegistry,
  cad,
  chf,
  currencies,
  eth,
  eur,
  gbp,
  inr,
  jpy,
  sol,
  sui,
  usd,
  usdc,
  usdt,
} from './currencies.ts';
export { type Currency, isSameCurrency, LARGEST_SCALE } from './currency.ts';
export { currencyRegistry } from './currency-registry.ts';
export { type CurrencyKit, defineCurrency } from './define-currency.ts';
export { equals } from './equals.ts';
export { findCurrency } from './find-currency.ts';
export { type FormatOptions, format } from './format.ts';
export { formatDecimal } from './format-decimal.ts';
export { type Iso4217Row, iso4217 } from './iso-4217.ts';
export type { DecimalLiteral, PositiveLiteral } from './literal.ts';
export type { Display } from './locale-format.ts';
export { maximum } from './maximum.ts';
export { minimum } from './minimum.ts';
export { type MoneyFromJsonRefusal, moneyFromJson, moneyOfFromJson, reviveMoney } from './money-from-json.ts';
export { multiply } from './multiply.ts';
export { negate } from './negate.ts';
export { parseLocalized } from './parse-localized.ts';
export { parseMinor } from './parse-minor.ts';
export { LONGEST_AMOUNT, parseMoney } from './parse-money.ts';
export { parsePositive } from './parse-positive.ts';
export {
  PERCENT_DECIMALS,
  parseBasisPoints,
  parsePercent,
  parseRate,
  RATE_DECIMALS,
  rateFromJson,
} from './parse-rate.ts';
export { LONGEST_WEIGHT, MOST_WEIGHTS, parseWeights } from './parse-weights.ts';
export { printGiven } from './print-given.ts';
export { isSameRate, type Rate, type RateJson, rateToJson, ratio } from './rate.ts';
export { rateFromDecimal, rateToDecimal } from './rate-from-decimal.ts';
export { basisPoints, percent, rate } from './rate-literals.ts';
export type {
  AmountFormat,
  AmountRange,
  AmountRefusal,
  AmountScale,
  AmountSign,
  AmountType,
  ConfigInvalid,
  CurrencyMismatch,
  CurrencyUnknown,
  LimitExceeded,
  MoneyRefusal,
  RatioInvalid,
  ShapeInvalid,
} from './refusals.ts';
export { requirePositive } from './require-positive.ts';
export { type Converted, reverseConversion } from './reverse-conversion.ts';
export { type GivenBack, reverseCumulatively } from './reverse-cumulatively.ts';
export { divideRounded, isRounding, type Rounding, roundings } from './rounding.ts';
export { share } from './share.ts';
export { isNegative, isPositive, isZero } from './sign.ts';
export { subtract } from './subtract.ts';
export { sum, trySum } from './sum.ts';
export { toStep } from './to-step.ts';
export { webster } from './webster.ts';
export { zero } from './zero.ts';
