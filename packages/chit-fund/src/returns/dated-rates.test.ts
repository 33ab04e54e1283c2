import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../terms/calendar.ts';
import { type DatedAmount, type DayCount, datedRates } from './dated-rates.ts';
import { internalRates } from './internal-rates.ts';

// Whole numbers of a hundred thousand bits: a few runs say enough.
const runs = { numRuns: Math.min(Number(process.env.HOLDFAST_RUNS ?? 12), 100) };
const rated = (flow: readonly DatedAmount[], count?: DayCount) =>
  datedRates(flow, count === undefined ? {} : { count })._unsafeUnwrap();
const on = (day: string, amount: bigint): DatedAmount => ({ day, amount });

describe('datedRates', () => {
  it('agrees with the published example of a spreadsheet', () => {
    const flow = [
      on('2008-01-01', -10_000n),
      on('2008-03-01', 2_750n),
      on('2008-10-30', 4_250n),
      on('2009-02-15', 3_250n),
      on('2009-04-01', 2_750n),
    ];
    const { found, complete } = rated(flow);
    expect(found.rates.map((rate) => rate.toFixed(8))).toEqual(['0.37336253']);
    expect(complete).toBe(true);
  });

  it.each<[DayCount, string]>([
    ['actual_365', '0.1'],
    ['actual_360', '0.0985647564'],
    ['thirty_360', '0.1'],
  ])('counts days as %s', (count, rate) => {
    const flow = [on('2025-01-31', -100_00n), on('2026-01-31', 110_00n)];
    expect(rated(flow, count).found.rates.map(String)).toEqual([rate]);
  });

  it('counts the 31st as the 30th in months of 30 days', () => {
    const flow = [on('2025-01-31', -100_00n), on('2026-01-30', 110_00n)];
    expect(rated(flow, 'thirty_360').found.rates.map(String)).toEqual(['0.1']);
  });

  it('finds both rates of a flow that has two, in any order of its days', () => {
    const flow = [on('2025-12-31', -1540n), on('2025-01-01', -1000n), on('2025-06-30', 2500n), on('2025-12-31', 0n)];
    expect(rated(flow.slice(0, 3).toReversed()).found).toEqual(rated(flow).found);
    const exact = [on('2025-01-01', -1000n), on('2026-01-01', 2500n), on('2027-01-01', -1540n)];
    const { found, complete } = rated(exact);
    expect(found.rates.map(String)).toEqual(['0.1', '0.4']);
    expect(complete).toBe(true);
  });

  it('finds none where there is none, and proves it', () => {
    expect(rated([on('2025-01-01', -1000n), on('2026-01-01', 2500n), on('2027-01-01', -1600n)])).toEqual({
      found: { kind: 'none', rates: [] },
      complete: true,
    });
    expect(rated([on('2025-01-01', 1n), on('2026-01-01', 1n)])).toMatchObject({
      found: { kind: 'none' },
      complete: true,
    });
  });

  it('says that it cannot prove what only touches nothing', () => {
    const touching = [on('2025-01-01', 100n), on('2025-01-02', -200n), on('2025-01-03', 100n)];
    expect(rated(touching).found.rates.map(String)).toEqual(['0']);
    const nearly = [
      on('2025-01-01', 10n ** 36n),
      on('2025-01-02', -2n * 10n ** 36n),
      on('2025-01-03', 10n ** 36n + 1n),
    ];
    expect(rated(nearly)).toMatchObject({ found: { kind: 'none' }, complete: false });
  });

  it('tells the course of a chit of twenty-five months in its real days', () => {
    const flow = Array.from({ length: 25 }, (_, index) =>
      on(addMonths('2026-01-31', index), index === 4 ? 3_35_000_00n : -17_000_00n),
    );
    const { found, complete } = rated(flow);
    expect(found.rates).toHaveLength(2);
    expect(complete).toBe(true);
  });

  it('law: amounts a year of days apart have the yearly rates of the same amounts in periods', () => {
    const anyFlow = fc.array(fc.bigInt({ min: -5_000n, max: 5_000n }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(anyFlow, (flow) => {
        fc.pre(flow.some((amount) => amount !== 0n));
        const exact = internalRates(flow)._unsafeUnwrap().rates;
        // Rates next to each other, or next to a total loss, are another matter than whether the two agree.
        fc.pre(exact.every((rate, index) => rate.gt('-0.999') && rate.sub(exact[index - 1] ?? -9).gt('1e-6')));
        const days = flow.map((amount, index) => on(addDays('2020-01-01', 365 * index), amount));
        const { found, complete } = rated(days);
        if (complete) expect(found.rates.map(String)).toEqual(exact.map(String));
        else for (const rate of found.rates) expect(exact.map(String)).toContain(rate.toString());
      }),
      runs,
    );
  });

  it.each<[string, unknown, object]>([
    ['one amount', [on('2025-01-01', 1n)], { code: 'cash_flow_invalid', field: 'flow' }],
    [
      'a day that there is not',
      [on('2025-02-29', 1n), on('2025-03-01', 1n)],
      { field: 'flow.0.day', given: '2025-02-29' },
    ],
    ['a number for an amount', [on('2025-01-01', 1n), { day: '2025-01-02', amount: 1 }], { field: 'flow.1.amount' }],
    [
      'amounts that take each other away',
      [on('2025-01-01', 1n), on('2025-01-01', -1n)],
      { given: 'nothing but zeros' },
    ],
    [
      'sixteen years',
      [on('2005-01-01', 1n), on('2021-01-01', -1n)],
      { code: 'cash_flow_invalid', given: '2021-01-01' },
    ],
  ])('refuses %s', (_, flow, refusal) => {
    expect(datedRates(flow as readonly DatedAmount[])._unsafeUnwrapErr()).toMatchObject(refusal);
  });

  it('refuses half a decimal', () => {
    const flow = [on('2025-01-01', 1n), on('2026-01-01', -1n)];
    expect(datedRates(flow, { decimals: 0.5 })._unsafeUnwrapErr()).toMatchObject({ code: 'rate_invalid' });
    expect(new Decimal(datedRates(flow, { decimals: 3 })._unsafeUnwrap().found.rates[0] ?? 1).toString()).toBe('0');
  });
});
