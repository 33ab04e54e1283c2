import type { Money } from './amount.ts';
import { formatDecimal } from './format-decimal.ts';
import { currencyFormat, type Display, type Layout, PLACEHOLDER } from './locale-format.ts';

/** How an amount is shown to people. */
export interface FormatOptions {
  /** A BCP 47 locale, such as `de-CH` or `hi-IN-u-nu-deva`. */
  readonly locale: string;
  /** How the currency is shown: `$` or `US$` (`symbol`, the default), `$` (`narrowSymbol`), `USD` (`code`), or not. */
  readonly display?: Display;
  /** Whether digits are grouped; they are unless told. */
  readonly grouping?: boolean;
}

/**
 * Writes an amount as people of a locale read it, with all decimals of its currency and all of its digits.
 *
 * @param amount - Any amount, of any currency: one that the locale data does not know is shown by its code.
 * @param options - The locale, and how the currency is shown.
 * @returns Such as `$1,234.50`, `1.234,50 €`, `₹१२,३४,५६७.८९`. Made for eyes; what is stored is `formatDecimal`.
 * @throws A `RangeError` when the locale is not a locale.
 * @source docs/rules/money.md, M-13
 */
export function format(amount: Money, options: FormatOptions): string {
  const { locale, display = 'symbol', grouping = true } = options;
  return write(amount, { locale, display, grouping, decimals: amount.currency.scale });
}

/**
 * Writes an amount with a given number of decimals, the function under {@link format}.
 *
 * @param amount - Any amount.
 * @param layout - The locale, how the currency is shown, whether digits are grouped, and how many decimals.
 * @returns The text; with fewer decimals than the currency has it may be another amount.
 */
export function write(amount: Money, layout: Omit<Layout, 'code'>): string {
  const { code } = amount.currency;
  // Text, and not a number, is formatted exactly, however many digits it has.
  const parts = currencyFormat({ ...layout, code }).formatToParts(formatDecimal(amount) as Intl.StringNumericLiteral);
  return parts.map((part) => (part.value === PLACEHOLDER && part.type === 'currency' ? code : part.value)).join('');
}
