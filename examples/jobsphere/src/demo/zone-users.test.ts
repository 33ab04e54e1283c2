import { isAccountName, isId } from '@holdfast/kernel';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { contractorOf, customerOf } from './zone-users.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 2_000);

it('writes a zone as an id', () => {
  expect(customerOf('Lenox Hill West')).toBe('customer-Lenox~20Hill~20West');
  expect(contractorOf('UN/Turtle Bay South')).toBe('contractor-UN~2FTurtle~20Bay~20South');
  expect(customerOf('')).toBe('customer-unknown');
});

it('law: two zones never share a user, and a zone is never its own contractor', () => {
  // Few letters, most of them awkward: two zones that differ only there come up all the time.
  const letter = fc.constantFrom('a', '2', '0', '~', ' ', '-', '/', '_', 'é', '\u0301', '💰');
  const zone = fc.string({ minLength: 1, maxLength: 3, unit: letter });
  fc.assert(
    fc.property(zone, zone, (left, right) => {
      expect(customerOf(left) === customerOf(right)).toBe(left === right);
      expect(customerOf(left)).not.toBe(contractorOf(right));
    }),
    { numRuns: runs },
  );
  // What a shorter encoding would confuse.
  expect(customerOf('a~20b')).not.toBe(customerOf('a b'));
});

it('law: every user is a well-formed id and fits into an account name', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30, unit: 'binary-ascii' }), (zone) => {
      expect(isId(customerOf(zone))).toBe(true);
      expect(isAccountName(`users:${contractorOf(zone)}:available`)).toBe(true);
    }),
    { numRuns: runs },
  );
});
