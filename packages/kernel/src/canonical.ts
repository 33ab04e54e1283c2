import { formatDecimal, isMoney, type Money, reviveMoney } from '@holdfast/money';
import { type FreeText, isFreeText } from './free-text.ts';
import type { Json } from './json.ts';
import { show } from './refusals.ts';

/** Why a value has no canonical text. */
export interface NotPlain {
  /** Where in the value, such as `parties.buyer`; empty for the value itself. */
  readonly field: string;
  readonly given: string;
  readonly allowed: string;
}

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
    const text = write(value, 0, texts);
    if (text.length > 1_000_000) return { field: '', given: `${text.length} characters`, allowed: 'at most 1,000,000' };
    return text;
  } catch (error) {
    if (error instanceof Unplain) return { field: error.path.join('.'), given: error.given, allowed: error.allowed };
    throw error;
  }
}

/** Reads canonical text. Objects of exactly `amount` and `currency` come back as money. */
export function readCanonical(text: string): unknown {
  return JSON.parse(text, revive);
}

/** Revives money in plain data that was parsed without it. */
export function reviveJson(json: Json): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(reviveJson);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(json)) copy[key] = reviveJson(item);
  return revive('', copy);
}

function revive(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const given = value as { amount?: unknown; currency?: unknown };
  if (typeof given.amount !== 'string' || typeof given.currency !== 'string') return value;
  for (const key in value) if (key !== 'amount' && key !== 'currency') return value;
  return reviveMoney({ amount: given.amount, currency: given.currency });
}

function write(value: unknown, depth: number, texts: TextSink | undefined): string {
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
      return value === null ? 'null' : writeObject(value, depth, texts);
    default:
      throw new Unplain(value, 'plain data');
  }
}

function writeObject(value: object, depth: number, texts: TextSink | undefined): string {
  if (depth > 32) throw new Unplain(value, 'at most 32 levels');
  if (Array.isArray(value)) return writeArray(value, depth, texts);
  if ('minor' in value && isMoney(value)) return moneyText(value);
  if (isFreeText(value)) {
    if (!texts) throw new Unplain(value, 'plain data');
    return `{"textHash":"${texts(value)}"}`;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Unplain(value, 'plain data');
  if (Object.getOwnPropertySymbols(value).length > 0) throw new Unplain(value, 'plain data');
  const keys = Object.keys(value).sort();
  let text = '';
  for (const key of keys) {
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined) continue;
    try {
      text += `${text === '' ? '' : ','}${quote(key)}:${write(item, depth + 1, texts)}`;
    } catch (error) {
      throw at(error, key);
    }
  }
  return `{${text}}`;
}

function writeArray(value: readonly unknown[], depth: number, texts: TextSink | undefined): string {
  let text = '';
  for (let index = 0; index < value.length; index++) {
    try {
      if (!(index in value)) throw new Unplain(undefined, 'an array without holes');
      text += `${index === 0 ? '' : ','}${write(value[index], depth + 1, texts)}`;
    } catch (error) {
      throw at(error, `${index}`);
    }
  }
  return `[${text}]`;
}

function moneyText(value: Money): string {
  return `{"amount":"${formatDecimal(value)}","currency":${quote(value.currency.code)}}`;
}

function quote(text: string): string {
  if (SIMPLE.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new Unplain(text, 'well-formed Unicode');
  return JSON.stringify(text);
}

function at(error: unknown, key: string): unknown {
  if (error instanceof Unplain) error.path.unshift(key);
  return error;
}

class Unplain extends Error {
  readonly path: string[] = [];
  readonly given: string;
  readonly allowed: string;
  constructor(value: unknown, allowed: string) {
    super(allowed);
    this.given = show(value);
    this.allowed = allowed;
  }
}

const SIMPLE = /^[ !#-[\]-~]*$/;
