import type { Instant, ReadTrouble } from '@holdfast/kernel';
import { decodeUnit } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { BookReads } from './book-reads.ts';

/** A moment of a book: after the unit of a sequence, or after every unit dated before an instant. */
export type BookMoment = { readonly sequence: number } | { readonly before: Instant };

/**
 * Finds the sequence that a moment means: of the last unit dated before the instant, and 0 where there is none.
 *
 * Units are dated in order, so this reads about twenty of a million.
 *
 * @param moment - The head's sequence where it is absent.
 */
export async function sequenceAt(book: BookReads, moment?: BookMoment): Promise<Result<number, ReadTrouble>> {
  const head = await book.head();
  if (head.isErr()) return err(head.error);
  if (moment === undefined) return ok(head.value.sequence);
  if ('sequence' in moment) return ok(Math.min(moment.sequence, head.value.sequence));
  let low = 0;
  let high = head.value.sequence;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const at = await instantOf(book, middle);
    if (at.isErr()) return err(at.error);
    if (at.value < moment.before) low = middle;
    else high = middle - 1;
  }
  return ok(low);
}

async function instantOf(book: BookReads, sequence: number): Promise<Result<Instant, ReadTrouble>> {
  const read = await book.units({ after: sequence - 1, limit: 1 });
  return read.map((feed) => (feed.kind === 'units' && feed.units[0] ? decodeUnit(feed.units[0].bytes).at : ''));
}
