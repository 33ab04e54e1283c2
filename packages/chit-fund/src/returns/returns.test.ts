import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineScheme } from '../terms/define-scheme.ts';
import { goldenTerms } from '../testing/golden-schemes.ts';
import { goldenTables } from '../testing/golden-tables.ts';
import { effectiveAnnual, nominalAnnual } from './annual-rate.ts';
import { bidAdvice } from './bid-advice.ts';
import { breakEvenDiscount } from './break-even-discount.ts';
import { type CashFlow, cashFlowOf } from './cash-flow.ts';
import { dualRate } from './dual-rate.ts';
import { internalRates } from './internal-rates.ts';
import { npvAt } from './net-present-value.ts';
import { ticketReturns } from './ticket-returns.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 100) };
const saving = new Decimal('0.005');
const scheme = defineScheme(goldenTerms.G1)._unsafeUnwrap();
const rows = goldenTables.G1.trim()
  .split('\n')
  .slice(1, 26)
  .map((line) => line.split(','));
const column = (index: number): readonly bigint[] => rows.map((row) => BigInt(row[index] ?? '') * 100n);
const dues = column(5);
const prizes = column(7);

/** What the winner of an instalment of the first golden table pays and gets. */
function winnerOf(instalment: number, prize: bigint = prizes[instalment - 1] ?? 0n): CashFlow {
  return cashFlowOf({ paid: dues, received: dues.map((_, index) => (index === instalment - 1 ? prize : 0n)) });
}

const ratesOf = (flow: CashFlow) => internalRates(flow)._unsafeUnwrap().rates;
const inPercent = (rates: readonly Decimal[]) => rates.map((rate) => rate.mul(100).toFixed(4)).join(';') || 'none';

/** Winner, net, all rates a month from −90 % to +6000 %, the year's rate of the one nearest to zero, the dual rate at 0.5 % a month. */
const expected = `
1,71680,-1.1961,-13.45,
2,-78320,1.8445;1570.2236,24.52,1.8371
3,-78320,2.0405;270.0872,27.43,2.0146
4,-78320,2.2865;121.0592,31.17,2.2221
5,-78320,2.6063;70.6071,36.17,2.4665
6,-76820,2.9699;46.0919,42.08,2.6943
7,-70320,3.1996;32.0248,45.93,2.7333
8,-64820,3.6494;22.2975,53.75,2.8225
9,-58320,4.4270;14.7745,68.17,2.8658
10,-52820,none,,2.9698
11,-46320,none,,3.0161
12,-40820,none,,3.1370
13,-34320,none,,3.1815
14,-28820,none,,3.3188
15,-22320,none,,3.3470
16,-16820,-7.3296;-2.0828,-22.32,3.4905
17,-10320,-13.0029;-0.7449,-8.58,3.4590
18,-4820,-18.5317;-0.2573,-3.04,3.5589
19,1680,-25.0116;0.0715,0.86,3.3174
20,9180,-33.1029;0.3244,3.96,2.3689
21,16680,-43.6185;0.5042,6.22,0.4253
22,24180,-57.6822;0.6383,7.93,
23,31680,-76.1636;0.7415,9.27,
24,39180,0.8229,10.33,
25,46680,0.8882,11.19,`
  .trim()
  .split('\n')
  .map((line) => line.split(',') as [string, string, string, string, string]);

describe('the returns of each winner of the first golden table', () => {
  it.each(expected)('are those of ticket %s: a gain of %s, rates of %s', (winner, net, rates, year, dual) => {
    const told = ticketReturns(winnerOf(Number(winner)), { saving, periodsPerYear: 12 })._unsafeUnwrap();
    const searched = told.rates.rates.filter((rate) => rate.gt('-0.9') && rate.lt(60));
    expect(told.gain).toBe(BigInt(net) * 100n);
    expect(inPercent(searched)).toBe(rates);
    expect(told.breakEven?.effective.mul(100).toFixed(2) ?? '').toBe(year);
    expect(told.dual.kind === 'borrows' ? told.dual.rate.mul(100).toFixed(4) : '').toBe(dual);
  });

  it('have rates that none of the searched ones are: below −90 % where one was searched in vain', () => {
    const kinds = expected.map(([winner]) => internalRates(winnerOf(Number(winner)))._unsafeUnwrap().kind);
    expect(kinds.filter((kind) => kind === 'none')).toHaveLength(6);
    expect(kinds.filter((kind) => kind === 'unique')).toHaveLength(2);
    expect(ratesOf(winnerOf(24))).toHaveLength(2);
    expect(ratesOf(winnerOf(24))[0]?.lt('-0.9')).toBe(true);
  });

  it('show what the latest winners borrow beside what it costs, and what savers earn', () => {
    const told = [2, 18, 21].map((winner) => dualRate(winnerOf(winner), { saving })._unsafeUnwrap());
    expect(told.map((dual) => (dual.kind === 'borrows' ? dual.most : 0n))).toEqual([
      314_900_00n,
      116_275_73n,
      77_369_33n,
    ]);
    expect(dualRate(winnerOf(1), { saving })._unsafeUnwrap()).toEqual({ kind: 'neither' });
    const saver = dualRate(winnerOf(25), { saving })._unsafeUnwrap();
    expect(saver.kind === 'saves' && saver.rate.eq(ratesOf(winnerOf(25))[0] ?? 0)).toBe(true);
    expect([22, 24].map((winner) => dualRate(winnerOf(winner), { saving })._unsafeUnwrap())).toEqual([
      { kind: 'saves', rate: new Decimal('0.0063430958'), most: 372_526_11n },
      { kind: 'saves', rate: new Decimal('0.0082161714'), most: 424_412_46n },
    ]);
  });
});

describe('dualRate', () => {
  it('tells the yield of one who only saved, and nothing where nothing came back', () => {
    const told = dualRate([-100n, -100n, 150n], { saving })._unsafeUnwrap();
    expect(told).toEqual({ kind: 'saves', rate: new Decimal('-0.1771243445'), most: 183n });
    expect(dualRate([-100n, -100n], { saving })._unsafeUnwrap()).toEqual({ kind: 'neither' });
  });
});

describe('npvAt', () => {
  it('is the exact sum, rounded once', () => {
    expect(npvAt([-100n, 0n, 121n], new Decimal('0.1'))._unsafeUnwrap().toString()).toBe('0');
    expect(npvAt([-100n, 110n], new Decimal(0))._unsafeUnwrap().toString()).toBe('10');
    expect(npvAt([0n, 1n], new Decimal(2))._unsafeUnwrap().toFixed(10)).toBe('0.3333333333');
    expect(npvAt([1n, 1n], new Decimal('-0.5'))._unsafeUnwrap().toString()).toBe('3');
  });

  it.each(['-1', '-2', 'NaN', 'Infinity', '1000001', '1e-31'])('refuses a rate of %s', (rate) => {
    expect(npvAt([1n, -1n], new Decimal(rate))._unsafeUnwrapErr()).toMatchObject({
      code: 'rate_invalid',
      given: new Decimal(rate).toString(),
    });
  });

  it('refuses a number for a rate', () => {
    expect(npvAt([1n, -1n], 0.1 as unknown as Decimal)._unsafeUnwrapErr()).toMatchObject({ code: 'rate_invalid' });
  });

  it('law: a constant on top of all later dividends raises the value of every ticket', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.bigInt({ min: 1n, max: 10_00n }),
        fc.integer({ min: 0, max: 100 }),
        (winner, more, permille) => {
          const rate = new Decimal(permille).div(1000);
          const richer = winnerOf(winner).map((amount, index) => (index >= winner ? amount + more : amount));
          expect(
            npvAt(richer, rate)
              ._unsafeUnwrap()
              .gt(npvAt(winnerOf(winner), rate)._unsafeUnwrap()),
          ).toBe(true);
        },
      ),
      runs,
    );
  });
});

describe('laws of returns', () => {
  const anyWinner = fc.integer({ min: 1, max: 25 });

  it('law: the gain grows with the prize, one for one', () => {
    fc.assert(
      fc.property(anyWinner, fc.bigInt({ min: 1n, max: 50_000_00n }), (winner, more) => {
        const gainOf = (flow: CashFlow) => ticketReturns(flow, { saving, periodsPerYear: 12 })._unsafeUnwrap().gain;
        const prize = prizes[winner - 1] ?? 0n;
        expect(gainOf(winnerOf(winner, prize + more)) - gainOf(winnerOf(winner, prize))).toBe(more);
      }),
      { numRuns: Math.min(runs.numRuns, 25) },
    );
  });

  it('law: amounts of another size leave all rates as they are', () => {
    fc.assert(
      fc.property(anyWinner, fc.bigInt({ min: 2n, max: 1_000n }), (winner, times) => {
        const scaled = winnerOf(winner).map((amount) => amount * times);
        const both = [winnerOf(winner), scaled].map((flow) => ticketReturns(flow, { saving, periodsPerYear: 12 }));
        const [small, large] = both.map((told) => told._unsafeUnwrap());
        expect(large?.rates).toEqual(small?.rates);
        expect(large?.breakEven).toEqual(small?.breakEven);
        expect(large?.dual).toMatchObject(
          small?.dual.kind === 'neither' ? { kind: 'neither' } : { rate: small?.dual.rate },
        );
      }),
      { numRuns: Math.min(runs.numRuns, 25) },
    );
  });

  it('law: a smaller prize makes a borrower pay more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.bigInt({ min: 1n, max: 5_000_00n }), (winner, less) => {
        const prize = prizes[winner - 1] ?? 0n;
        const [dear, cheap] = [prize - less, prize].map((given) => dualRate(winnerOf(winner, given), { saving }));
        const [left, right] = [dear?._unsafeUnwrap(), cheap?._unsafeUnwrap()];
        if (left?.kind === 'borrows' && right?.kind === 'borrows') expect(left.rate.gt(right.rate)).toBe(true);
        else expect([left?.kind, right?.kind]).toContain('saves');
      }),
      runs,
    );
  });
});

describe('a year', () => {
  it('has effective and nominal rates, and they are named apart', () => {
    expect(effectiveAnnual(new Decimal('0.018445'), 12).mul(100).toFixed(2)).toBe('24.52');
    expect(nominalAnnual(new Decimal('0.018445'), 12).mul(100).toFixed(4)).toBe('22.1340');
  });
});

describe('bidAdvice', () => {
  const advise = (target: string, instalment = 8) =>
    bidAdvice({ scheme, instalment, dues, saving, target: new Decimal(target) })._unsafeUnwrap();

  it('is the highest bid that keeps to the target, given the dues that are expected', () => {
    const told = advise('0.02');
    expect(told.advice).toBe('bid');
    if (told.advice !== 'bid') return;
    expect((told.discount - 25_000_00n) % 100_00n).toBe(0n);
    expect(told.cost.kind === 'borrows' && told.cost.rate.lte('0.02')).toBe(true);
    const dearer = dualRate(winnerOf(8, told.prize - 100_00n), { saving })._unsafeUnwrap();
    expect(dearer.kind === 'borrows' && dearer.rate.gt('0.02')).toBe(true);
    expect(told.assumes[1]).toBe(5_000_00n);
  });

  it('may be the highest discount, or to wait', () => {
    expect(advise('0.5')).toMatchObject({ advice: 'bid', discount: 150_000_00n });
    expect(advise('-0.5', 2)).toMatchObject({ advice: 'wait' });
  });

  it('gives back the bids of the golden table at what they cost', () => {
    for (const winner of [2, 8, 12, 18]) {
      const dual = dualRate(winnerOf(winner), { saving })._unsafeUnwrap();
      const target = dual.kind === 'borrows' ? dual.rate.add('1e-10') : new Decimal(0);
      const told = bidAdvice({ scheme, instalment: winner, dues, saving, target })._unsafeUnwrap();
      expect(told).toMatchObject({ advice: 'bid', prize: prizes[winner - 1] });
    }
  });

  it('knows the discount at which a ticket breaks even', () => {
    expect(breakEvenDiscount(scheme, dues)).toBe(71_680_00n);
    expect(winnerOf(5, 500_000_00n - 71_680_00n).reduce((sum, amount) => sum + amount, 0n)).toBe(0n);
  });

  it.each<[string, object, object]>([
    ['an instalment that there is not', { instalment: 26 }, { code: 'cash_flow_invalid', field: 'instalment' }],
    ['too few dues', { dues: dues.slice(1) }, { code: 'cash_flow_invalid', field: 'dues' }],
    ['dues as numbers', { dues: dues.map(Number) }, { code: 'cash_flow_invalid', field: 'dues' }],
    ['a number for a rate', { target: 0.02 }, { code: 'rate_invalid', field: 'target', given: '0.02' }],
    ['a saving rate of −100 %', { saving: new Decimal(-1) }, { code: 'rate_invalid', field: 'saving' }],
    ['a scheme without bids', { scheme: defineScheme(goldenTerms.G8)._unsafeUnwrap() }, { field: 'scheme' }],
  ])('refuses %s', (_, changes, refusal) => {
    const input = { scheme, instalment: 8, dues, saving, target: new Decimal('0.02'), ...changes };
    expect(bidAdvice(input as never)._unsafeUnwrapErr()).toMatchObject(refusal);
  });
});
