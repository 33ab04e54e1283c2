import { formatDecimal, isMoney, type Money, reviveMoney } from '@holdfast/money';
import { type FreeText, isFreeText } from './free-text.ts';
import type { Json } from './json.ts';
import { MOST_LEVELS, type NotPlain, notPlain, Unplain, within } from './not-plain.ts';

/** Writes free texts while a value is encoded: gets the marked text, gives the hash that takes its place. */
export type TextSink = (text: FreeText) => string;

/**
 * Writes plain data as its one canonical JSON text: keys sorted by code unit, absent fields left out, amounts as
 * `{"amount":"12.34","currency":"USD"}`. Two values have the same text exactly when they are the same data.
 *
 * Refused, with the place: fractions and numbers beyond 2⁵³, bigint, functions, symbols, class instances, cycles, lone surrogates,
 * nesting deeper than 32 and texts longer than 1,000,000 characters.
 *
 * @returns The text, or why there is none.
 */
export function canonical(value: unknown, texts?: TextSink): string | NotPlain {
  try {
    return checkLength(write(value, 0, texts ? { texts, copies: false, copy: undefined } : JUST_TEXT));
  } catch (error) {
    if (error instanceof Unplain) return notPlain(error);
    throw error;
  }
}

/**
 * Writes plain data as {@link canonical} does and copies it deeply, reading each field once: whatever a caller, a getter or a proxy does
 * later, text and copy stay what they are. Amounts are immutable and stay themselves. A value that throws when it is read is refused.
 */
export function canonicalCopy(value: unknown): { readonly text: string; readonly copy: unknown } | NotPlain {
  const walk: Walk = { texts: undefined, copies: true, copy: undefined };
  try {
    const text = checkLength(write(value, 0, walk));
    return typeof text === 'string' ? { text, copy: walk.copy } : text;
  } catch (error) {
    if (error instanceof Unplain) return notPlain(error);
    return { field: '', given: 'a value that throws when it is read', allowed: 'plain data' };
  }
}

/** Reads canonical text. Objects of exactly `amount` and `currency` that are the text of an amount come back as money. */
export function readCanonical(text: string): unknown {
  return reviveParsed(JSON.parse(text));
}

/** Revives money in plain data that was parsed without it. Money that is there already stays as it is. */
export function reviveJson(json: Json): unknown {
  if (json === null || typeof json !== 'object' || ('minor' in json && isMoney(json))) return json;
  if (Array.isArray(json)) return json.map(reviveJson);
  const revived = revive(json);
  if (revived !== json) return revived;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(json))
    setOwn(copy, key, reviveJson((json as { readonly [key: string]: Json })[key] as Json));
  return copy;
}

/** Revives in place what was just parsed: four times as fast as a reviver that `JSON.parse` calls for every value. */
function reviveParsed(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const items = value as { [key: string]: unknown };
  for (const key of Object.keys(value)) {
    const item = items[key];
    if (item === null || typeof item !== 'object') continue;
    const revived = reviveParsed(item);
    // A field named __proto__ is the object's own here, and stays so.
    if (revived !== item) items[key] = revived;
  }
  return Array.isArray(value) ? value : revive(value);
}

function revive(value: object): unknown {
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  if (typeof amount !== 'string' || typeof currency !== 'string' || Object.keys(value).length !== 2) return value;
  // What merely looks like money was plain data when it was written, and comes back as such.
  if (!AMOUNT.test(amount) || !CODE.test(currency)) return value;
  if (amount.length > MOST_DIGITS && amount.replace(/\D/g, '').length > MOST_DIGITS) return value;
  return reviveMoney({ amount, currency });
}

function checkLength(text: string): string | NotPlain {
  if (text.length <= MOST_CHARACTERS) return text;
  return { field: '', given: `${text.length} characters`, allowed: 'at most 1,000,000' };
}

/** What goes along on the way through a value. */
interface Walk {
  readonly texts: TextSink | undefined;
  readonly copies: boolean;
  /** Of the value that was written last. */
  copy: unknown;
}

const JUST_TEXT: Walk = { texts: undefined, copies: false, copy: undefined };

function write(value: unknown, depth: number, walk: Walk): string {
  if (walk.copies) walk.copy = value;
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0))
        throw new Unplain(value, 'a whole number within ±2^53; amounts are texts');
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeObject(value, depth, walk);
    default:
      throw new Unplain(value, 'plain data');
  }
}

function writeObject(value: object, depth: number, walk: Walk): string {
  if (depth > MOST_LEVELS) throw new Unplain(value, `at most ${MOST_LEVELS} levels`);
  if (Array.isArray(value)) return writeArray(value, depth, walk);
  if ('minor' in value && isMoney(value)) return moneyText(value);
  if (isFreeText(value)) {
    if (!walk.texts) throw new Unplain(value, 'plain data');
    return `{"textHash":"${walk.texts(value)}"}`;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Unplain(value, 'plain data');
  if (Object.getOwnPropertySymbols(value).length > 0) throw new Unplain(value, 'plain data');
  const copy: Record<string, unknown> | undefined = walk.copies ? {} : undefined;
  let text = '';
  for (const key of sorted(Object.keys(value))) {
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined) continue;
    try {
      text += `${text === '' ? '' : ','}${name(key)}${write(item, depth + 1, walk)}`;
    } catch (error) {
      throw within(error, key);
    }
    if (copy) setOwn(copy, key, walk.copy);
  }
  if (copy) walk.copy = copy;
  return `{${text}}`;
}

/** Sorts by code unit. Most objects have a handful of fields, which are put in order three times faster than by `sort`. */
function sorted(keys: string[]): readonly string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let from = 1; from < keys.length; from++) {
    const key = keys[from] as string;
    let to = from;
    for (; to > 0 && (keys[to - 1] as string) > key; to--) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

/** Writes a field's name and its colon. The same few names come again and again. */
function name(key: string): string {
  let text = names.get(key);
  if (text !== undefined) return text;
  text = `${quote(key)}:`;
  if (names.size < MOST_NAMES && key.length < 64) names.set(key, text);
  return text;
}

function setOwn(copy: Record<string, unknown>, key: string, value: unknown): void {
  // Assigning would set the prototype of the copy.
  if (key === '__proto__')
    Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true });
  else copy[key] = value;
}

function writeArray(value: readonly unknown[], depth: number, walk: Walk): string {
  const { length } = value;
  if (length > MOST_ITEMS) throw new Unplain(value, `at most ${MOST_ITEMS} items`);
  const copy: unknown[] | undefined = walk.copies ? [] : undefined;
  let text = '';
  for (let index = 0; index < length; index++) {
    try {
      if (!(index in value)) throw new Unplain(undefined, 'an array without holes');
      text += `${index === 0 ? '' : ','}${write(value[index], depth + 1, walk)}`;
    } catch (error) {
      throw within(error, `${index}`);
    }
    if (copy) copy.push(walk.copy);
  }
  if (copy) walk.copy = copy;
  return `[${text}]`;
}

function moneyText(value: Money): string {
  return `{"amount":"${formatDecimal(value)}","currency":${quote(value.currency.code)}}`;
}

function quote(text: string): string {
  if (text.length > MOST_CHARACTERS) throw new Unplain(text, 'a text of at most 1,000,000 characters');
  if (SIMPLE.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new Unplain(text, 'well-formed Unicode');
  return JSON.stringify(text);
}

const names = new Map<string, string>();
const MOST_NAMES = 1_000;
const FEW_KEYS = 12;

const SIMPLE = /^[ !#-[\]-~]*$/;

/** What `formatDecimal` writes, and nothing else: no leading zero, no minus before zero, at most 18 decimals. */
const AMOUNT = /^(?!-0(?:\.0+)?$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]{1,18})?$/;
const CODE = /^[A-Z][A-Z0-9_]{1,23}$/;
/** Of an amount, in minor units. Zeros before the first other digit count: there is at most one. */
const MOST_DIGITS = 38;
const MOST_CHARACTERS = 1_000_000;
/** Each takes two characters at least. */
const MOST_ITEMS = 500_000;
