type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/**
 * Whether a text has digits only, at least one. The `1` in front makes `007` a number like any other and keeps
 * `0x10` and `-0` out, which a plain `${bigint}` lets in.
 */
type IsDigits<S extends string> = S extends '' ? false : `1${S}` extends `${bigint}` ? true : false;

/** Whether a text is digits without a leading zero. */
type IsWhole<S extends string> = S extends '0' ? true : S extends `0${string}` ? false : IsDigits<S>;

/** Whether a text of digits has at most `Scale` of them; of any number where the scale is not known. */
type Fits<S extends string, Scale extends number, Counted extends 0[] = []> = number extends Scale
  ? true
  : S extends `${Digit}${infer Rest}`
    ? Counted['length'] extends Scale
      ? false
      : Fits<Rest, Scale, [...Counted, 0]>
    : true;

/** Whether a text is `0`, `00`, and so on. */
type IsZeros<S extends string> = S extends '0' ? true : S extends `0${infer Rest}` ? IsZeros<Rest> : false;

/** Whether a text without a sign is a plain decimal with at most `Scale` decimals. */
type IsDecimal<S extends string, Scale extends number> = S extends `${infer Whole}.${infer Fraction}`
  ? [IsWhole<Whole>, IsDigits<Fraction>] extends [true, true]
    ? Fits<Fraction, Scale>
    : false
  : IsWhole<S>;

/** Whether a text without a sign is zero. */
type IsZero<S extends string> = S extends `0.${infer Fraction}` ? IsZeros<Fraction> : S extends '0' ? true : false;

/** Whether a literal is what `parseMoney` reads: a zero has no minus. */
type IsSigned<S extends string, Scale extends number> = S extends `-${infer Rest}`
  ? IsZero<Rest> extends true
    ? false
    : IsDecimal<Rest, Scale>
  : IsDecimal<S, Scale>;

/** How a literal of that many decimals is written; the compiler shows it where a literal is wrong. */
type HowTo<Scale extends number> = Scale extends 0
  ? 'write a whole number such as 1234'
  : `write digits with at most ${Scale} decimals, such as 12.3`;

/** What reads text that is known only at run time. */
type Reader<What extends string> = What extends 'percent'
  ? 'parsePercent'
  : What extends 'rate'
    ? 'parseRate'
    : 'parseMoney';

/**
 * A decimal literal that the compiler has checked; where it is wrong, a sentence that says how to write one.
 *
 * @typeParam S - The literal.
 * @typeParam Scale - The most decimals that it may have.
 * @typeParam What - What the sentence is about, such as the currency's code.
 */
export type DecimalLiteral<S extends string, Scale extends number, What extends string> = string extends S
  ? `this text is not a literal: read it with ${Reader<What>}`
  : IsSigned<S, Scale> extends true
    ? S
    : `'${S}' is no literal of ${What}: ${HowTo<Scale>}`;

/** The same, where a minus is refused too. */
export type PositiveLiteral<S extends string, Scale extends number, What extends string> = S extends `-${string}`
  ? `'${S}' is no literal of ${What}: it may not be negative`
  : DecimalLiteral<S, Scale, What>;
