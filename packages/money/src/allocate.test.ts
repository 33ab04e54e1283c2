import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, equals, largestRemainder, negate, parseWeights, sum, usd } from './index.ts';
import { anyMinor, anyMoney, anyWeights } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };

/** A list of `length` equal weights. */
const equal = (length: number): bigint[] => new Array(length).fill(1n);
/** A list of `parts`, with how often each stands in it. */
const times = (...counts: readonly (readonly [number, bigint])[]): bigint[] =>
  counts.flatMap(([count, part]) => new Array(count).fill(part));

describe('the largest remainder', { timeout: 600_000 }, () => {
  it.each<[string, bigint, readonly bigint[], readonly bigint[]]>([
    ['G1: equal thirds', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    ['G2: a tie goes to the lower index', 5n, [3n, 7n], [2n, 3n]],
    ['G4: not first come, first served', 10n, [5n, 3n, 3n], [4n, 3n, 3n]],
    ['G6: a tiny amount', 3n, [75n, 25n], [2n, 1n]],
    ['G6: a zero weight', 10n, [0n, 1n, 1n, 1n], [0n, 4n, 3n, 3n]],
    ['G7: twelve instalments', 10_000n, equal(12), times([4, 834n], [8, 833n])],
    ['G17: a refund of 1.03 over two equal lines', 103n, [100n, 100n], [52n, 51n]],
    ['G42: three sellers', 10_001n, [50n, 30n, 20n], [5_001n, 3_000n, 2_000n]],
    ['one unit over three', 1n, equal(3), [1n, 0n, 0n]],
    ['nothing', 0n, equal(3), [0n, 0n, 0n]],
    ['all to one', 100n, [1n, 0n, 0n], [100n, 0n, 0n]],
    ['a weight past 38 digits', 7n, [10n ** 40n, 10n ** 40n], [4n, 3n]],
  ])('%s', (_, total, weights, parts) => {
    expect(largestRemainder(total, weights)).toEqual(parts);
  });

  it('mirrors negative amounts (G5)', () => {
    expect(allocate(usd('-1.00'), [1n, 1n, 1n]).map(({ minor }) => minor)).toEqual([-34n, -33n, -33n]);
    expect(allocate(usd('-0.05'), [3n, 7n]).map(({ minor }) => minor)).toEqual([-2n, -3n]);
  });

  it.each<[string, readonly bigint[]]>([
    ['no weights', []],
    ['only zeros', [0n, 0n]],
    ['a negative weight', [2n, -1n]],
    ['a number', [1 as never]],
  ])('is a defect with %s', (_, weights) => {
    expect(() => allocate(usd('1'), weights)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ratio_invalid' }),
    );
  });

  it('law: the parts sum to the whole', () => {
    fc.assert(
      fc.property(anyMoney(usd), anyWeights(), (amount, weights) => {
        expect(equals(sum(allocate(amount, weights), usd), amount)).toBe(true);
      }),
      runs,
    );
  });

  it('law: a negated amount is split into the negated parts', () => {
    fc.assert(
      fc.property(anyMoney(usd), anyWeights(), (amount, weights) => {
        expect(allocate(negate(amount), weights)).toEqual(allocate(amount, weights).map((part) => negate(part)));
      }),
      runs,
    );
  });

  it('law: each part is less than one unit from its exact share, and none without weight', () => {
    fc.assert(
      fc.property(anyMinor({ min: 0n }), anyWeights(), (total, weights) => {
        const whole = weights.reduce((left, right) => left + right, 0n);
        largestRemainder(total, weights).forEach((part, index) => {
          const weight = weights[index] ?? 0n;
          const distance = part * whole - total * weight;
          expect(distance > -whole && distance < whole).toBe(true);
          if (weight === 0n) expect(part).toBe(0n);
        });
      }),
      runs,
    );
  });

  it('law: changing the places of the weights changes only who gets the units of a tie', () => {
    fc.assert(
      fc.property(anyMinor({ min: 0n }), anyWeights(), (total, weights) => {
        expect(remaindersServed(total, weights.toReversed())).toEqual(remaindersServed(total, weights));
      }),
      runs,
    );
  });

  /** The remainders that were rounded up, in order. */
  function remaindersServed(total: bigint, weights: readonly bigint[]): bigint[] {
    const whole = weights.reduce((left, right) => left + right, 0n);
    const parts = largestRemainder(total, weights);
    return weights
      .filter((weight, index) => parts[index] !== (total * weight) / whole)
      .map((weight) => (total * weight) % whole)
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }
});

describe('parseWeights', { timeout: 600_000 }, () => {
  it('reads bigints and digits', () => {
    expect(parseWeights([1n, '2', 0n])._unsafeUnwrap()).toEqual([1n, 2n, 0n]);
  });

  it.each<[string, unknown, string, string]>([
    ['no list', '1,2', 'ratio_invalid', 'weights'],
    ['nothing', null, 'ratio_invalid', 'weights'],
    ['a list-like', { length: 1, 0: 1n }, 'ratio_invalid', 'weights'],
    ['an empty list', [], 'ratio_invalid', 'weights'],
    ['only zeros', [0n, '0'], 'ratio_invalid', 'weights'],
    ['a negative weight', [1n, -1n], 'ratio_invalid', 'weights[1]'],
    ['a negative text', ['-1'], 'ratio_invalid', 'weights[0]'],
    ['a number', [1n, 1], 'ratio_invalid', 'weights[1]'],
    ['not a number', [Number.NaN], 'ratio_invalid', 'weights[0]'],
    ['a fraction', ['0.5'], 'ratio_invalid', 'weights[0]'],
    ['a hole', new Array(3), 'ratio_invalid', 'weights[0]'],
    ['a list in a list', [[1n]], 'ratio_invalid', 'weights[0]'],
    ['too many weights', new Array(100_000).fill(1n), 'limit_exceeded', 'weights'],
    ['a huge weight', [10n ** 40n], 'limit_exceeded', 'weights[0]'],
    ['a huge text', ['9'.repeat(1e6)], 'limit_exceeded', 'weights[0]'],
  ])('refuses %s', (_, value, code, field) => {
    expect(parseWeights(value)._unsafeUnwrapErr()).toMatchObject({ code, field });
  });

  it('uses what it read once, also from a list that changes when it is read', () => {
    let reads = 0;
    const shifting = new Proxy([1n], {
      get(target, name, receiver) {
        if (name === '0') reads += 1;
        return name === '0' && reads > 1 ? -1n : Reflect.get(target, name, receiver);
      },
    });
    expect(parseWeights(shifting)._unsafeUnwrap()).toEqual([1n]);
    const { proxy, revoke } = Proxy.revocable([1n], {});
    revoke();
    expect(parseWeights(proxy)._unsafeUnwrapErr().given).toBe('a revoked proxy');
  });

  it('takes the most weights that it reads in a moment', () => {
    const weights = parseWeights(new Array(10_000).fill('3'))._unsafeUnwrap();
    const isQuick = () => {
      const began = performance.now();
      const parts = largestRemainder(123_456_789n, weights);
      const took = performance.now() - began;
      expect(parts.reduce((left, right) => left + right)).toBe(123_456_789n);
      return took < 1_000;
    };
    // A busy machine may have others go first in one try, not in each.
    expect(isQuick() || isQuick() || isQuick()).toBe(true);
  });
});
