/** How a currency is shown beside an amount; `none` leaves it away. */
export type Display = 'symbol' | 'narrowSymbol' | 'code' | 'none';

/** The currency whose code stands where a currency that the locale data cannot know will be shown. */
export const PLACEHOLDER = 'XXX';

/** Everything that decides how an amount is written. */
export interface Layout {
  /** A BCP 47 locale. */
  readonly locale: string;
  /** The currency's code. */
  readonly code: string;
  /** How the currency is shown. */
  readonly display: Display;
  /** Whether digits are grouped. */
  readonly grouping: boolean;
  /** How many decimals are written. */
  readonly decimals: number;
}

const MOST_KEPT = 500;
const kept = new Map<string, Intl.NumberFormat>();

/**
 * Gives the formatter of a layout. Making one takes tens of microseconds, so a bounded number of them is kept.
 *
 * @param layout - The locale, the currency, how it is shown, and how many decimals there are.
 * @returns The formatter; a currency that is no code of three letters is formatted as {@link PLACEHOLDER}.
 * @throws A `RangeError` when the locale is not a locale.
 */
export function currencyFormat(layout: Layout): Intl.NumberFormat {
  const { locale, code, display, grouping, decimals } = layout;
  const key = `${locale}|${code}|${display}|${grouping}|${decimals}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  const digits = { useGrouping: grouping, minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const made = new Intl.NumberFormat(locale, { ...digits, ...style(code, display) });
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, made);
  return made;
}

function style(code: string, display: Display): Intl.NumberFormatOptions {
  if (display === 'none') return { style: 'decimal' };
  if (/^[A-Z]{3}$/.test(code)) return { style: 'currency', currency: code, currencyDisplay: display };
  return { style: 'currency', currency: PLACEHOLDER, currencyDisplay: 'code' };
}
