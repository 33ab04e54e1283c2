import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, largestRemainder, reverseCumulatively, webster } from './index.ts';
import { anyMinor, anyWeights } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const total = (parts: readonly bigint[]): bigint => parts.reduce((left, right) => left + right, 0n);

/** The method as its definition says it: one unit after the other. */
function oneByOne(units: bigint, weights: readonly bigint[]): bigint[] {
  const parts = weights.map(() => 0n);
  for (let unit = 0n; unit < units; unit += 1n) {
    let best = -1;
    weights.forEach((weight, index) => {
      if (weight === 0n) return;
      const beats = (other: number): boolean =>
        weight * (2n * (parts[other] ?? 0n) + 1n) > (weights[other] ?? 0n) * (2n * (parts[index] ?? 0n) + 1n);
      if (best === -1 || beats(best)) best = index;
    });
    parts[best] = (parts[best] ?? 0n) + 1n;
  }
  return parts;
}

/** A JobSphere sale of 33.33: platform fee, service fee, payee. */
const sale = [167n, 667n, 2666n];

describe("Webster's method", { timeout: 600_000 }, () => {
  it('does not have the Alabama paradox (G47)', () => {
    expect([largestRemainder(3n, [1n, 3n, 3n]), largestRemainder(4n, [1n, 3n, 3n])]).toEqual([
      [1n, 1n, 1n],
      [0n, 2n, 2n],
    ]);
    expect([webster(3n, [1n, 3n, 3n]), webster(4n, [1n, 3n, 3n])]).toEqual([
      [1n, 1n, 1n],
      [1n, 2n, 1n],
    ]);
  });

  it('never takes back a cent of a sale of 33.33, where the largest remainder does 119 times (G48)', () => {
    expect(fallsOf((units) => largestRemainder(units, sale))).toBe(119);
    expect(fallsOf((units) => webster(units, sale))).toBe(0);
  });

  it('never lowers the payee of that sale, where rounding each fee alone does 47 times (G49)', () => {
    const eachAlone = (units: bigint): bigint[] => {
      const fees = [167n, 667n].map((fee) => divideRounded(fee * units, 3500n, 'halfUp'));
      return [...fees, units - total(fees)];
    };
    expect([eachAlone(1267n), eachAlone(1268n)]).toEqual([
      [60n, 241n, 966n],
      [61n, 242n, 965n],
    ]);
    expect(fallsOf(eachAlone)).toBe(47);
  });

  function fallsOf(split: (units: bigint) => bigint[]): number {
    let falls = 0;
    for (let units = 1n; units <= 3500n; units += 1n) {
      const before = split(units - 1n);
      if (split(units).some((part, index) => part < (before[index] ?? 0n))) falls += 1;
    }
    return falls;
  }

  it('may give a large part less than its exact share rounded down, where many small ones round up', () => {
    const weights = [9_796n, 51n, 51n, 51n, 51n];
    expect(webster(100n, weights)).toEqual([96n, 1n, 1n, 1n, 1n]);
    expect(webster(100n, weights)).toEqual(oneByOne(100n, weights));
  });

  it('is exact where the total is the sum of the weights', () => {
    expect(webster(3500n, sale)).toEqual(sale);
    expect(webster(0n, sale)).toEqual([0n, 0n, 0n]);
    expect(webster(0n, [])).toEqual([]);
    expect(webster(0n, [0n])).toEqual([0n]);
  });

  it('answers in a moment for amounts of 38 digits and a thousand parts', () => {
    const weights = Array.from({ length: 1_000 }, (_, index) => 10n ** 30n + BigInt(index) ** 9n);
    const isQuick = () => {
      const began = performance.now();
      expect(total(webster(10n ** 38n, weights))).toBe(10n ** 38n);
      return performance.now() - began < 2_000;
    };
    // A busy machine may have others go first in one try, not in each.
    expect(isQuick() || isQuick() || isQuick()).toBe(true);
  });

  it.each<[string, bigint, readonly bigint[]]>([
    ['a negative weight', 1n, [1n, -1n]],
    ['a negative total', -1n, [1n]],
    ['a total and no weights', 1n, []],
    ['a total and only zeros', 1n, [0n, 0n]],
  ])('is a defect with %s', (_, units, weights) => {
    expect(() => webster(units, weights)).toThrow(expect.objectContaining({ code: 'parts_invalid' }));
  });

  it('law: it gives what giving one unit after the other gives', () => {
    const anyUnits = fc.bigInt({ min: 0n, max: 200n });
    // One large weight among small ones that all round up: where the method leaves the rounded shares.
    const small = fc.bigInt({ min: 50n, max: 60n });
    const uneven = fc
      .tuple(fc.bigInt({ min: 1_000n, max: 20_000n }), fc.array(small, { minLength: 1, maxLength: 6 }))
      .map(([large, others]) => [...others, large]);
    fc.assert(
      fc.property(anyUnits, fc.oneof(anyWeights(6), uneven), (units, weights) => {
        expect(webster(units, weights)).toEqual(oneByOne(units, weights));
      }),
      runs,
    );
  });

  it('law: the parts sum to the total, and a part without weight gets nothing', () => {
    fc.assert(
      fc.property(anyMinor({ min: 0n }), anyWeights(), (units, weights) => {
        const parts = webster(units, weights);
        expect(total(parts)).toBe(units);
        expect(parts.every((part, index) => part >= 0n && (weights[index] !== 0n || part === 0n))).toBe(true);
      }),
      runs,
    );
  });

  it('law: raising the total lowers no part', () => {
    const anyTotals = fc.tuple(anyMinor({ min: 0n }), anyMinor({ min: 0n, max: 1_000n }));
    fc.assert(
      fc.property(anyTotals, anyWeights(), ([units, more], weights) => {
        const before = webster(units, weights);
        expect(webster(units + more, weights).every((part, index) => part >= (before[index] ?? 0n))).toBe(true);
      }),
      runs,
    );
  });

  it('law: for two parts it is plain rounding, ties to the first', () => {
    const anyWeight = fc.bigInt({ min: 1n, max: 10_000n });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 20_000n }), anyWeight, anyWeight, (units, first, second) => {
        expect(webster(units, [first, second])[0]).toBe(divideRounded(units * first, first + second, 'halfUp'));
      }),
      runs,
    );
  });
});

describe('reverseCumulatively', { timeout: 600_000 }, () => {
  it('gives back in steps exactly what each part got', () => {
    const steps = [1267n, 1n, 2232n];
    let already = 0n;
    const given = steps.map((back) => {
      const parts = reverseCumulatively(sale, { already, back });
      already += back;
      return parts;
    });
    expect(given.map(total)).toEqual(steps);
    expect(sale.map((_, index) => total(given.map((parts) => parts[index] ?? 0n)))).toEqual(sale);
  });

  it.each<[string, bigint, bigint]>([
    ['more than there is', 0n, 3501n],
    ['more than is left', 3000n, 501n],
    ['a negative amount', 10n, -1n],
    ['a negative amount before', -1n, 1n],
  ])('is a defect with %s', (_, already, back) => {
    expect(() => reverseCumulatively(sale, { already, back })).toThrow(
      expect.objectContaining({ code: 'parts_invalid' }),
    );
  });

  it('law: any partition of a full return gives back the same as one full return', () => {
    const anyParts = anyWeights(5);
    const anyCuts = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { maxLength: 6 });
    fc.assert(
      fc.property(anyParts, anyCuts, (parts, cuts) => {
        const whole = total(parts);
        const marks = cuts.map((cut) => (whole * cut) / 1_000_000n).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        const returned = parts.map(() => 0n);
        let already = 0n;
        for (const mark of [...marks, whole]) {
          reverseCumulatively(parts, { already, back: mark - already }).forEach((part, index) => {
            expect(part >= 0n).toBe(true);
            returned[index] = (returned[index] ?? 0n) + part;
          });
          already = mark;
        }
        expect(returned).toEqual(parts);
      }),
      runs,
    );
  });
});
