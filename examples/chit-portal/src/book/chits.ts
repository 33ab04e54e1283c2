import { type AnyChitCommand, defineChits } from '@holdfast/chit-fund';
import type { Book, HandleOf } from '@holdfast/kernel';
import type { HostClient } from '@holdfast/store-postgres';

/** The decider of the portal's schemes: by Indian time, with two subscribers at each draw. */
export const { chit: chits } = defineChits();

/** The schemes of a book. */
export type Chits = HandleOf<typeof chits>;

/** A command about a scheme, as somebody gives it; the book says whether it is of its shape. */
export type ChitCommandGiven = AnyChitCommand;

/** Gives the schemes of a book. */
export function chitsOf(book: Book<HostClient>): Chits {
  return book.use(chits);
}
