import { CorruptDocument } from './corrupt-document.ts';

/** A document, or a part of one, of which nothing is known yet. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** Reads a part that has fields of its own. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new CorruptDocument(`${what} is ${shown(value)}`);
}

/** Reads a whole number within 2⁵³. */
export function integerOf(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new CorruptDocument(`${what} is ${shown(value)}, not a whole number`);
}

/** Reads an amount in minor units: 38 digits at most, without a fraction. */
export function minorOf(value: unknown, what: string): bigint {
  if (typeof value === 'string' && /^-?\d{1,38}$/.test(value)) return BigInt(value);
  throw new CorruptDocument(`${what} is ${shown(value)}, not a whole number of at most 38 digits`);
}

/** Reads a text that has to be there. */
export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new CorruptDocument(`${what} is ${shown(value)}`);
}

/** Reads a text, or nothing. */
export function textOrNull(value: unknown, what: string): string | null {
  return value === null ? null : textOf(value, what);
}

/** Shows what stands where something else should, cut short. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 64));
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? `${value}` : `a ${typeof value}`;
}
