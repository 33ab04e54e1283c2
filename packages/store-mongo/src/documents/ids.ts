import { isId } from '@holdfast/kernel';
import { Refused } from '../sessions/refused.ts';

/**
 * Gives the one text by which a document of a book is known. A book's name has no space, so no two names come to one text.
 *
 * @param name - An account, record, claim, task or hash; or a {@link place}.
 */
export function idOf(book: string, name: string): string {
  return `${book} ${name}`;
}

/** Gives a number as a text that sorts like it, up to 2⁵³. */
export function place(number: number): string {
  return `${number}`.padStart(16, '0');
}

/** The range of all ids of a book that begin with a prefix. Ids are compared by their bytes. */
export function idsOf(book: string, prefix = ''): { readonly $gte: string; readonly $lt: string } {
  const first = idOf(book, prefix);
  return { $gte: first, $lt: `${first}\u{10ffff}` };
}

/** Lets the name of a book through, and nothing that could be taken for another. */
export function bookName(book: unknown): string {
  if (isId(book)) return book;
  throw new Refused('store_refused', 'the name of a book is an id', { retryable: false });
}

/** Lets a text through: where a filter is made, anything else could say more than a text. */
export function textGiven(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new Refused('store_refused', `${what} is no text`, { retryable: false });
}

/** Lets a whole number from 0 to 2⁵³ through. */
export function countGiven(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Refused('store_refused', `${what} is no whole number from 0`, { retryable: false });
}
