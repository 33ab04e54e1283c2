import type { Book } from '@holdfast/kernel';

/** What the views of this package ask of a book. */
export type BookReads = Pick<Book, 'balance' | 'accounts' | 'lines' | 'units' | 'head'>;
