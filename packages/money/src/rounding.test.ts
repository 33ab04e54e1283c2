import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, isRounding, type Rounding, roundings, share, usd } from './index.ts';
import { anyMinor, anyMoney, anyRate } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 500) };

/** The same modes in decimal.js, which knows nothing of this code. */
const peers: Readonly<Record<Rounding, Decimal.Rounding>> = {
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  ceiling: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
  halfUp: Decimal.ROUND_HALF_UP,
  halfDown: Decimal.ROUND_HALF_DOWN,
  halfEven: Decimal.ROUND_HALF_EVEN,
  halfCeiling: Decimal.ROUND_HALF_CEIL,
  halfFloor: Decimal.ROUND_HALF_FLOOR,
};

describe('rounding', { timeout: 600_000 }, () => {
  const tenths = [15n, -15n, 25n, -25n, 12n, -12n, 18n, -18n];
  it.each<[Rounding, readonly bigint[]]>([
    ['up', [2n, -2n, 3n, -3n, 2n, -2n, 2n, -2n]],
    ['down', [1n, -1n, 2n, -2n, 1n, -1n, 1n, -1n]],
    ['ceiling', [2n, -1n, 3n, -2n, 2n, -1n, 2n, -1n]],
    ['floor', [1n, -2n, 2n, -3n, 1n, -2n, 1n, -2n]],
    ['halfUp', [2n, -2n, 3n, -3n, 1n, -1n, 2n, -2n]],
    ['halfDown', [1n, -1n, 2n, -2n, 1n, -1n, 2n, -2n]],
    ['halfEven', [2n, -2n, 2n, -2n, 1n, -1n, 2n, -2n]],
    ['halfCeiling', [2n, -1n, 3n, -2n, 1n, -1n, 2n, -2n]],
    ['halfFloor', [1n, -2n, 2n, -3n, 1n, -1n, 2n, -2n]],
  ])('%s goes where its row of the table says', (rounding, expected) => {
    expect(tenths.map((value) => divideRounded(value, 10n, rounding))).toEqual(expected);
    expect(divideRounded(20n, 10n, rounding)).toBe(2n);
    expect(divideRounded(0n, 10n, rounding)).toBe(0n);
  });

  it('law: every mode rounds as decimal.js does', () => {
    const anyDivisor = fc.oneof(fc.bigInt({ min: 1n, max: 20n }), anyMinor({ min: 1n }));
    // Quotients of few digits meet ties, those of many meet lost digits.
    const Exact = Decimal.clone({ precision: 120, defaults: true });
    fc.assert(
      fc.property(anyMinor(), anyDivisor, fc.constantFrom(...roundings), (dividend, divisor, rounding) => {
        const peer = new Exact(dividend.toString()).div(divisor.toString()).toDecimalPlaces(0, peers[rounding]);
        expect(divideRounded(dividend, divisor, rounding).toString()).toBe(peer.toFixed().replace(/^-0$/, '0'));
      }),
      runs,
    );
  });

  it('law: a share and the share of what is left differ from the whole by at most one minor unit', () => {
    const anyDollars = anyMoney(usd, { min: 0n });
    fc.assert(
      fc.property(anyDollars, anyRate(), fc.constantFrom(...roundings), (whole, rate, rounding) => {
        const part = share(whole, rate, rounding).minor;
        const rest = share(whole, { num: rate.den - rate.num, den: rate.den }, rounding).minor;
        const difference = part + rest - whole.minor;
        expect(difference >= -1n && difference <= 1n).toBe(true);
        expect(part >= 0n && part <= whole.minor).toBe(true);
      }),
      runs,
    );
  });

  it('knows its names', () => {
    expect(roundings.every(isRounding)).toBe(true);
    expect([isRounding('half-up'), isRounding('constructor'), isRounding(4)]).toEqual([false, false, false]);
    expect(() => divideRounded(1n, 2n, 'sideways' as Rounding)).toThrow('sideways');
  });
});
