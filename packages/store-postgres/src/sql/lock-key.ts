import { createHash } from 'node:crypto';

/**
 * Gives the number under which the database locks something: 64 bits, as text. Two names that fall on one number would wait for each other
 * now and then; nothing else would go wrong.
 */
export function lockKey(schema: string, name: string): string {
  return createHash('sha256').update(`holdfast\n${schema}\n${name}`).digest().readBigInt64BE(0).toString();
}

/** Gives the lock key of each book, computed once. */
export function bookLocks(schema: string): (book: string) => string {
  const known = new Map<string, string>();
  return (book) => {
    let key = known.get(book);
    if (key === undefined) {
      key = lockKey(schema, `book ${book}`);
      if (known.size < 10_000) known.set(book, key);
    }
    return key;
  };
}
