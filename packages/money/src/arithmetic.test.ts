import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compare,
  equals,
  isNegative,
  isPositive,
  isZero,
  jpy,
  LARGEST_MINOR,
  maximum,
  minimum,
  money,
  multiply,
  negate,
  subtract,
  sum,
  toStep,
  usd,
  zero,
} from './index.ts';
import { anyMoney, anyRounding } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const half = LARGEST_MINOR / 4n;
const anyDollars = anyMoney(usd, { min: -half, max: half });

describe('arithmetic', { timeout: 600_000 }, () => {
  it('adds, subtracts, turns and multiplies', () => {
    expect(add(usd('0.10'), usd('0.20'))).toEqual(usd('0.30'));
    expect(subtract(usd('1'), usd('1.01'))).toEqual(usd('-0.01'));
    expect(negate(usd('5'))).toEqual(usd('-5'));
    expect(negate(usd('0')).minor).toBe(0n);
    expect(absolute(usd('-5'))).toEqual(usd('5'));
    expect(multiply(usd('1.25'), -3n)).toEqual(usd('-3.75'));
    expect(sum([usd('1'), usd('2'), usd('-0.5')], usd)).toEqual(usd('2.5'));
    expect(sum([], jpy)).toEqual(jpy('0'));
  });

  it('compares', () => {
    expect([compare(usd('1'), usd('2')), compare(usd('2'), usd('2')), compare(usd('3'), usd('2'))]).toEqual([-1, 0, 1]);
    expect([equals(usd('2'), usd('2.00')), equals(usd('2'), usd('2.01'))]).toEqual([true, false]);
    expect(minimum(usd('3'), usd('1'), usd('2'))).toEqual(usd('1'));
    expect(maximum(usd('3'), usd('5'), usd('2'))).toEqual(usd('5'));
    expect(minimum(usd('3'))).toEqual(usd('3'));
    expect([isZero(zero(usd)), isPositive(zero(usd)), isNegative(zero(usd))]).toEqual([true, false, false]);
    expect([isZero(usd('1')), isPositive(usd('1')), isNegative(usd('1'))]).toEqual([false, true, false]);
    expect([isZero(usd('-1')), isPositive(usd('-1')), isNegative(usd('-1'))]).toEqual([false, false, true]);
  });

  it('stops past 38 digits, as a defect', () => {
    const most = money(LARGEST_MINOR, usd);
    const range = expect.objectContaining({ name: 'RangeError', code: 'amount_range' });
    expect(() => add(most, usd('0.01'))).toThrow(range);
    expect(() => subtract(negate(most), usd('0.01'))).toThrow(range);
    expect(() => multiply(most, 2n)).toThrow(range);
    expect(() => sum([most, most], usd)).toThrow(range);
    expect(sum([most, most, negate(most)], usd)).toEqual(most);
  });

  it('law: addition has zero, opposites, any order and any grouping', () => {
    fc.assert(
      fc.property(anyDollars, anyDollars, anyDollars, (a, b, c) => {
        expect(add(a, zero(usd))).toEqual(a);
        expect(add(a, negate(a))).toEqual(zero(usd));
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(sum([a, b, c], usd)).toEqual(add(add(a, b), c));
      }),
      runs,
    );
  });

  it('law: comparison agrees with subtraction, and the extremes with comparison', () => {
    fc.assert(
      fc.property(anyDollars, anyDollars, (a, b) => {
        const sign = compare(a, b);
        expect(sign).toBe(compare(subtract(a, b), zero(usd)));
        expect(sign + compare(b, a)).toBe(0);
        expect(sign === 0).toBe(equals(a, b));
        expect(add(minimum(a, b), maximum(a, b))).toEqual(add(a, b));
        expect(compare(minimum(a, b), maximum(a, b))).toBeLessThanOrEqual(0);
      }),
      runs,
    );
  });

  it('law: rounding to a step gives a multiple of it, less than a step away', () => {
    const anyStep = anyMoney(usd, { min: 1n, max: 10_000n });
    fc.assert(
      fc.property(anyDollars, anyStep, anyRounding(), (amount, step, rounding) => {
        const rounded = toStep(amount, step, rounding);
        expect(rounded.minor % step.minor).toBe(0n);
        expect(compare(absolute(subtract(amount, rounded)), step)).toBe(-1);
      }),
      runs,
    );
  });
});
