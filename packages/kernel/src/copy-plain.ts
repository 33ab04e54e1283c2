import { isMoney } from '@holdfast/money';
import { MOST_LEVELS, type NotPlain, notPlain, Unplain, within } from './not-plain.ts';

/**
 * Copies plain data deeply, reading each field once: whatever a caller, a getter or a proxy does later, the copy stays what it is.
 *
 * Amounts are immutable and stay themselves. What is no plain data is refused, with the place; so is a value that throws when it is read.
 *
 * @returns The copy, or why there is none.
 */
export function copyPlain(value: unknown): { readonly copy: unknown } | NotPlain {
  try {
    return { copy: copy(value, 0) };
  } catch (error) {
    if (error instanceof Unplain) return notPlain(error);
    return { field: '', given: 'a value that throws when it is read', allowed: 'plain data' };
  }
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new Unplain(value, 'plain data');
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MOST_LEVELS) throw new Unplain(value, `at most ${MOST_LEVELS} levels`);
  if (Array.isArray(value)) return copyArray(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return copyObject(value, depth);
  if (isMoney(value)) return value;
  throw new Unplain(value, 'plain data');
}

function copyObject(value: object, depth: number): object {
  if (Object.getOwnPropertySymbols(value).length > 0) throw new Unplain(value, 'plain data');
  const made: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    try {
      const item = copy((value as Record<string, unknown>)[key], depth + 1);
      if (key !== '__proto__') made[key] = item;
      // Assigning would set the prototype of the copy.
      else Object.defineProperty(made, key, { value: item, enumerable: true, writable: true, configurable: true });
    } catch (error) {
      throw within(error, key);
    }
  }
  return made;
}

function copyArray(value: readonly unknown[], depth: number): readonly unknown[] {
  const { length } = value;
  if (length > MOST_ITEMS) throw new Unplain(value, `at most ${MOST_ITEMS} items`);
  const made: unknown[] = [];
  for (let index = 0; index < length; index++) {
    if (!(index in value)) throw within(new Unplain(undefined, 'an array without holes'), `${index}`);
    try {
      made.push(copy(value[index], depth + 1));
    } catch (error) {
      throw within(error, `${index}`);
    }
  }
  return made;
}

/** Each takes two characters at least, and a canonical text has a million at most. */
const MOST_ITEMS = 500_000;
