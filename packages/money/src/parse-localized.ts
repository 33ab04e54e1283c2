import { err, type Result } from 'neverthrow';
import type { Money } from './amount.ts';
import type { Currency } from './currency.ts';
import { write } from './format.ts';
import { currencyFormat, type Display, type Layout, PLACEHOLDER } from './locale-format.ts';
import { parseMoney } from './parse-money.ts';
import { type AmountRefusal, refusal } from './refusals.ts';

const LONGEST_LOCALIZED = 160;
const DISPLAYS: readonly Display[] = ['symbol', 'narrowSymbol', 'code', 'none'];

/**
 * Reads an amount as people of a locale write it, the inverse of `format`. It never guesses: the text is accepted
 * only if it is, but for spaces, invisible marks and the kind of apostrophe or minus, how the locale writes the amount that was read, with or without
 * the currency, with or without grouping, with all decimals or fewer. So `1,5` is no amount in an English locale.
 *
 * @param text - Anything; only a string can be accepted.
 * @param locale - A BCP 47 locale, such as `de-CH`.
 * @param currency - What the amount is in.
 * @param field - The name of the field for the refusal.
 * @returns The amount.
 * @throws A `RangeError` when the locale is not a locale.
 *
 * @errors
 * - `amount_type`: no string.
 * - `limit_exceeded`: longer than 160 characters; nothing of it was read.
 * - `amount_format`: not how the locale writes an amount in this currency.
 * - then those of `parseMoney`, in its order.
 * @source docs/rules/money.md, M-13
 */
export function parseLocalized<Code extends string>(
  text: unknown,
  locale: string,
  currency: Currency<Code>,
  field = 'amount',
): Result<Money<Code>, AmountRefusal> {
  const example = currencyFormat({ locale, code: currency.code, display: 'none', grouping: true, decimals: 2 });
  const allowed = `an amount in ${currency.code} as it is written in ${locale}, such as ${example.format(1234.5)}`;
  if (typeof text !== 'string') return err(refusal('amount_type', text, { field, allowed }));
  if (text.length > LONGEST_LOCALIZED) {
    return err(refusal('limit_exceeded', text, { field, allowed: `at most ${LONGEST_LOCALIZED} characters` }));
  }
  const bare = folded(text);
  let refused: AmountRefusal = refusal('amount_format', text, { field, allowed });
  for (const display of DISPLAYS) {
    const plain = plainDecimal(bare, marksOf(locale, currency, display));
    if (plain === undefined) continue;
    const parsed = parseMoney(plain, currency, field);
    if (parsed.isErr() && parsed.error.code !== 'amount_format') refused = parsed.error;
    if (parsed.isOk() && isWritten(bare, parsed.value, { locale, display, decimals: decimalsOf(plain) })) return parsed;
  }
  return err(refused);
}

/** What a locale writes numbers with. */
interface Marks {
  readonly digits: ReadonlyMap<string, string>;
  readonly decimal: string;
  readonly group: string;
  readonly minus: string;
  /** What the currency is called. */
  readonly name: string;
}

/** Marks differ between the displays: French Switzerland writes `1,5` and `1.50 CHF`. */
function marksOf(locale: string, currency: Currency, display: Display): Marks {
  const layout = { locale, code: currency.code, display };
  const sample = currencyFormat({ ...layout, grouping: true, decimals: 2 }).formatToParts(-123456789.25);
  const part = (type: string): string => folded(sample.find((piece) => piece.type === type)?.value ?? '');
  const digit = currencyFormat({ ...layout, display: 'none', grouping: false, decimals: 0 });
  const name = part('currency');
  return {
    digits: new Map(Array.from('0123456789', (character) => [digit.format(Number(character)), character])),
    decimal: part('decimal'),
    group: part('group'),
    minus: part('minusSign'),
    name: name === PLACEHOLDER ? currency.code : name,
  };
}

/** Reads the digits, the decimal mark and the minus; whether they stood in their places is asked afterwards. */
function plainDecimal(bare: string, marks: Marks): string | undefined {
  const number = marks.name === '' ? bare : bare.replace(marks.name, '');
  let plain = '';
  for (let index = 0; index < number.length; ) {
    const character = String.fromCodePoint(number.codePointAt(index) as number);
    const digit = marks.digits.get(character);
    if (digit !== undefined) plain += digit;
    else if (character === marks.decimal) plain += '.';
    else if (character === marks.minus) plain = `-${plain}`;
    else if (character !== marks.group) return undefined;
    index += character.length;
  }
  return plain;
}

/** Whether a folded text is how a locale writes an amount, grouped or not. */
function isWritten(bare: string, amount: Money, layout: Omit<Layout, 'code' | 'grouping'>): boolean {
  return [true, false].some((grouping) => bare === folded(write(amount, { ...layout, grouping })));
}

function decimalsOf(plain: string): number {
  const point = plain.indexOf('.');
  return point === -1 ? 0 : plain.length - point - 1;
}

/**
 * Drops spaces of every kind and marks of writing direction, which people neither see nor type alike, and makes one
 * of the two apostrophes and of the two minus signs that are in use.
 */
function folded(text: string): string {
  return text
    .replace(/[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replaceAll('\u2019', "'")
    .replaceAll('\u2212', '-');
}
