import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CashFlow } from './cash-flow.ts';
import { countedRoots } from './counted-roots.ts';
import { internalRates } from './internal-rates.ts';
import { npvAt } from './net-present-value.ts';
import { trimmed } from './polynomial.ts';
import { decimalOf } from './rate-grid.ts';
import { rootsOf } from './sparse-roots.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 100) };
const ratesOf = (flow: CashFlow) => internalRates(flow)._unsafeUnwrap().rates;
/** The same by counting alone. */
const countedOf = (flow: CashFlow) => {
  const rising = trimmed(flow.toReversed());
  const polynomial = rising.slice(rising.findIndex((amount) => amount !== 0n));
  return countedRoots(polynomial, 10).map((units) => decimalOf(units - 10n ** 10n, 10));
};

describe('internalRates', () => {
  it.each<[string, CashFlow, readonly string[]]>([
    ['a loan', [100n, -110n], ['0.1']],
    ['a loan given back with nothing on top', [100n, 0n, -100n], ['0']],
    ['only payments', [-1n, -1n], []],
    ['one amount', [0n, 5n, 0n], []],
    ['what starts and ends with nothing', [0n, -100n, 110n, 0n], ['0.1']],
    ['two rates', [-1000n, 2500n, -1540n], ['0.1', '0.4']],
    ['one that is only touched', [100n, -220n, 121n], ['0.1']],
    ['three rates', [-1000n, 3600n, -4310n, 1716n], ['0.1', '0.2', '0.3']],
    [
      'two that differ in the last decimal',
      [-(10n ** 20n), 2n * 10n ** 20n + 10n ** 10n, -(10n ** 20n + 10n ** 10n)],
      ['0', '1e-10'],
    ],
    [
      'two that round to the same',
      [-(10n ** 24n), 2n * 10n ** 24n + 10n ** 12n, -(10n ** 24n + 10n ** 12n)],
      ['0', '0'],
    ],
    [
      'two within half of the last decimal',
      [10n ** 24n, -(10n ** 12n) * (2n * 10n ** 12n + 3n), (10n ** 12n + 1n) * (10n ** 12n + 2n)],
      ['0', '0'],
    ],
    [
      'two within half of the last decimal, one of them the half itself',
      [10n ** 24n, -(10n ** 12n) * (2n * 10n ** 12n + 90n), (10n ** 12n + 50n) * (10n ** 12n + 40n)],
      ['0', '1e-10'],
    ],
    ['all lost but for a hundred-billionth', [-(10n ** 11n), 1n], ['-1']],
    ['a third, rounded', [300n, -400n], ['0.3333333333']],
    ['half of the last decimal, which goes up', [20_000_000_000n, -20_000_000_001n], ['1e-10']],
    ['half of the last decimal below zero, which goes up too', [20_000_000_000n, -19_999_999_999n], ['0']],
    ['nearly all lost', [-1_000_000_000n, 1n], ['-0.999999999']],
    ['a millionfold', [-1n, 1_000_000n], ['999999']],
  ])('finds every rate of %s', (_, flow, rates) => {
    for (const found of [ratesOf(flow), countedOf(flow)])
      expect(found.map(String)).toEqual(rates.map((rate) => new Decimal(rate).toString()));
  });

  it('finds the same rates in any precision', () => {
    const third = [300n, -400n];
    expect(internalRates(third, 1)._unsafeUnwrap().rates.map(String)).toEqual(['0.3']);
    expect(internalRates(third, 30)._unsafeUnwrap().rates.map(String)).toEqual([`0.${'3'.repeat(30)}`]);
  });

  it.each([
    [2, 2],
    [260, 0],
    [517, 2],
  ])('finds the rates of the winner of week %i of 520: %i of them', (week, count) => {
    const flow = Array.from({ length: 520 }, (_, index) => -(75_000n + 48n * BigInt(index)));
    flow[week - 1] = (flow[week - 1] ?? 0n) + 44_200_000n;
    const rates = ratesOf(flow);
    expect(rates).toHaveLength(count);
    for (const rate of rates) {
      const [below, above] = ['-1e-10', '1e-10'].map((step) => npvAt(flow, rate.add(step))._unsafeUnwrap());
      expect(below?.mul(above ?? 0).lte(0)).toBe(true);
    }
  });

  it('does not count for minutes: refuses what touches nothing within more than 120 periods', () => {
    const touching = (half: number) => [
      1n,
      ...Array<bigint>(half - 1).fill(0n),
      -4n,
      ...Array<bigint>(half - 1).fill(0n),
      4n,
    ];
    expect(ratesOf(touching(5)).map((rate) => rate.toFixed(6))).toEqual(['0.148698']);
    expect(ratesOf([...touching(5), ...Array<bigint>(118).fill(0n)])).toHaveLength(1);
    expect(internalRates(touching(60))._unsafeUnwrapErr()).toMatchObject({
      code: 'cash_flow_invalid',
      given: '121 periods',
    });
  });

  it.each<[string, unknown, number, object]>([
    ['no list', 'flow', 10, { code: 'cash_flow_invalid', field: 'flow' }],
    ['one period', [1n], 10, { code: 'cash_flow_invalid', given: '1 periods' }],
    ['more than 520', Array.from({ length: 521 }, () => 1n), 10, { code: 'cash_flow_invalid', given: '521 periods' }],
    ['numbers', [1n, 2], 10, { code: 'cash_flow_invalid', field: 'flow.1', given: '2' }],
    ['nothing', [0n, 0n], 10, { code: 'cash_flow_invalid', given: 'nothing but zeros' }],
    ['no decimals', [1n, -1n], 0, { code: 'rate_invalid', field: 'decimals', given: '0' }],
    ['too many decimals', [1n, -1n], 31, { code: 'rate_invalid', field: 'decimals' }],
  ])('refuses %s', (_, flow, decimals, refusal) => {
    expect(internalRates(flow as CashFlow, decimals)._unsafeUnwrapErr()).toMatchObject(refusal);
  });

  const anyRoot = fc.integer({ min: -60, max: 300 });

  it('law: rates that a flow was made from are all found, each once however often it was put in, and no others', () => {
    const anyRoots = fc.uniqueArray(fc.record({ root: anyRoot, times: fc.constantFrom(1, 1, 1, 2, 3) }), {
      minLength: 1,
      maxLength: 4,
      selector: ({ root }) => root,
    });
    fc.assert(
      fc.property(anyRoots, fc.boolean(), fc.boolean(), (roots, withoutReal, turned) => {
        // In growth q = 1 + rate: the product of (100 q − root), and where asked of q² + 1, which has no root.
        let product: readonly bigint[] = withoutReal ? [1n, 0n, 1n] : [1n];
        for (const { root, times: often } of roots)
          for (let time = 0; time < often; time += 1) product = times(product, [-BigInt(100 + root), 100n]);
        if (turned) product = product.map((amount) => -amount);
        const expected = roots.map(({ root }) => root).toSorted((left, right) => left - right);
        const flow = product.toReversed();
        for (const found of [ratesOf(flow), countedOf(flow)])
          expect(found.map((rate) => rate.mul(100).toNumber())).toEqual(expected);
      }),
      { numRuns: Math.min(runs.numRuns, 25) },
    );
  });

  it('law: rates are those that another way of counting finds, with pauses between amounts and without', () => {
    const anyAmount = fc.bigInt({ min: -50_000n, max: 50_000n });
    const anyPaused = fc
      .array(fc.record({ pause: fc.constantFrom(0, 0, 0, 1, 2, 5), amount: anyAmount }), { minLength: 2, maxLength: 7 })
      .map((parts) => parts.flatMap(({ pause, amount }) => [...Array<bigint>(pause).fill(0n), amount]));
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof(anyPaused, fc.array(anyAmount, { minLength: 2, maxLength: 10 })), (flow) => {
        fc.pre(flow.some((amount) => amount !== 0n));
        const terms = flow
          .toReversed()
          .map((factor, power) => ({ power, factor }))
          .filter(({ factor }) => factor !== 0n);
        const { roots, complete } = rootsOf(terms, { power: 1, decimals: 10 });
        if (!complete) return;
        compared += 1;
        expect(countedOf(flow).map((rate) => rate.add(1).mul('1e10').toFixed())).toEqual(roots.map(String));
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(runs.numRuns / 2);
  });

  it('law: the value of a flow at a rate found changes its sign within the last decimal, and the signs elsewhere tell as many rates', () => {
    const anyFlow = fc.array(fc.bigInt({ min: -50_000n, max: 50_000n }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(anyFlow, (flow) => {
        fc.pre(flow.some((amount) => amount !== 0n));
        const rates = ratesOf(flow);
        const signs = flow.filter((amount) => amount !== 0n).map((amount) => amount > 0n);
        const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
        expect(rates.length).toBeLessThanOrEqual(changes);
        for (const [index, rate] of rates.entries()) {
          const gap = rates[index + 1]?.sub(rate) ?? new Decimal(1);
          if (gap.lt('1e-9') || rates[index - 1]?.gt(rate.sub('1e-9'))) continue;
          const below = npvAt(flow, rate.sub('1e-10'))._unsafeUnwrap();
          const above = npvAt(flow, rate.add('1e-10'))._unsafeUnwrap();
          expect(below.mul(above).lte(0)).toBe(true);
        }
        // Between two neighbours, and beyond the last one, the sign stays: no rate was missed there.
        for (const [left, right] of pairs([new Decimal('-0.99'), ...rates.filter((rate) => rate.gt('-0.99'))])) {
          const steps = [1, 2, 3, 4, 5, 6, 7].map((step) =>
            left.add(right.sub(left).mul(step).div(8)).toDecimalPlaces(20),
          );
          const values = steps.map((rate) => npvAt(flow, rate)._unsafeUnwrap());
          if (right.sub(left).gt('1e-7')) expect(new Set(values.map((value) => value.isPositive())).size).toBe(1);
        }
      }),
      runs,
    );
  });

  function times(left: readonly bigint[], right: readonly bigint[]): readonly bigint[] {
    const product = Array.from({ length: left.length + right.length - 1 }, () => 0n);
    for (const [i, a] of left.entries())
      for (const [j, b] of right.entries()) product[i + j] = (product[i + j] ?? 0n) + a * b;
    return product;
  }

  function pairs(list: readonly Decimal[]): readonly (readonly [Decimal, Decimal])[] {
    return list.slice(1).map((right, index) => [list[index] as Decimal, right] as const);
  }
});
