import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookName, countGiven, idOf, idsOf, place, textGiven } from './ids.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? '500');
const ids = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,10}$/);
const names = fc.stringMatching(/^[!-~]{0,12}$/);
/** Compares as the server does: by bytes. */
const compared = (left: string, right: string) => Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));

describe('ids', () => {
  it('law: two names have one id exactly when book and name are the same', () => {
    fc.assert(
      fc.property(ids, names, ids, names, (book, name, other, another) => {
        expect(idOf(book, name) === idOf(other, another)).toBe(book === other && name === another);
      }),
      { numRuns: runs },
    );
  });

  it('law: places sort like their numbers', () => {
    const numbers = fc.oneof(fc.nat(), fc.maxSafeNat());
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        expect(compared(place(left), place(right))).toBe(Math.sign(left - right));
      }),
      { numRuns: runs },
    );
  });

  it('law: a range holds the ids of its book that begin with the prefix, and no others', () => {
    fc.assert(
      fc.property(ids, names, ids, names, (book, prefix, other, name) => {
        const { $gte, $lt } = idsOf(book, prefix);
        const id = idOf(other, name);
        const inside = compared(id, $gte) >= 0 && compared(id, $lt) < 0;
        expect(inside).toBe(book === other && name.startsWith(prefix));
      }),
      { numRuns: runs },
    );
  });
});

describe('what is given for a filter', () => {
  it.each([{ $ne: null }, ['main'], null, undefined, 7, '', 'two words', 'a\u0000', '$where', Symbol('main')])(
    'is no book: %s',
    (book) => {
      expect(() => bookName(book)).toThrow('the name of a book is an id');
    },
  );

  it.each([{ $gt: '' }, /./, ['a'], null, undefined, 7])('is no text: %s', (value) => {
    expect(() => textGiven(value, 'a key')).toThrow('a key is no text');
  });

  it.each([Number.NaN, 1.5, -1, Number.POSITIVE_INFINITY, 2 ** 53, '3', { $gt: 0 }, null, 3n])(
    'is no count: %s',
    (value) => {
      expect(() => countGiven(value, 'limit')).toThrow('limit is no whole number from 0');
    },
  );
});
