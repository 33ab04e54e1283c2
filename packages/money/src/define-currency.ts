import type { Money } from './amount.ts';
import { type Currency, canonicalCurrency } from './currency.ts';
import { defect } from './defect.ts';
import type { DecimalLiteral } from './literal.ts';
import { parseMoney } from './parse-money.ts';

/**
 * A currency that also makes its own literals: `usd('12.34')`.
 *
 * @typeParam Code - The currency's code.
 * @typeParam Scale - Its decimals.
 */
export interface CurrencyKit<Code extends string, Scale extends number> extends Currency<Code, Scale> {
  /**
   * Makes an amount from a decimal literal, which the compiler checks.
   *
   * @param literal - Such as `'12.34'` or `'-5'`; `'12.345'`, `'1e5'` and text known only at run time do not compile.
   * @returns The amount.
   * @throws A `TypeError` with code `amount_format` where the types were circumvented.
   */
  <const Literal extends string>(literal: DecimalLiteral<Literal, Scale, Code>): Money<Code>;
  /** Gives the plain currency, `{ code, scale }`. */
  toJSON(): Currency<Code, Scale>;
}

/**
 * Defines a currency; the value is the currency and the maker of its literals.
 *
 * @param code - An upper-case letter, then 1 to 23 upper-case letters, digits or `_`.
 * @param scale - Decimals, 0 to 18.
 * @returns The currency, frozen.
 * @throws A `TypeError` with code `config_invalid` when the code or the scale is none.
 * @source docs/rules/money.md, M-3
 */
export function defineCurrency<const Code extends string, const Scale extends number>(
  code: Code,
  scale: Scale,
): CurrencyKit<Code, Scale> {
  const currency = canonicalCurrency({ code, scale }) as Currency<Code, Scale>;
  const kit = (literal: string): Money<Code> => {
    const parsed = parseMoney(literal, currency);
    if (parsed.isErr()) {
      throw defect('amount_format', `${parsed.error.given} is no literal of ${code}: ${parsed.error.allowed}.`);
    }
    return parsed.value;
  };
  return Object.freeze(
    Object.assign(kit, { code: currency.code, scale: currency.scale, toJSON: () => currency }),
  ) as unknown as CurrencyKit<Code, Scale>;
}
