import { inr } from '@holdfast/money';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internalRates } from '../returns/internal-rates.ts';
import { ticketReturns } from '../returns/ticket-returns.ts';
import { settleScheme } from '../settlement/settle-scheme.ts';
import { defineScheme } from '../terms/define-scheme.ts';
import type { Scheme, SchemeTerms } from '../terms/terms.ts';
import { anyScheme } from '../testing/any-scheme.ts';
import { auctionTerms, goldenTerms } from '../testing/golden-schemes.ts';
import { goldenTables } from '../testing/golden-tables.ts';
import type { BidModel } from './bid-model.ts';
import { bidsOf } from './bids-of.ts';
import { decliningNeeds } from './declining-needs.ts';
import { normalValuations } from './normal-valuations.ts';
import { randomSource } from './random-source.ts';
import { type Simulation, type SimulationOptions, simulateScheme } from './simulate-scheme.ts';
import { uniformValuations } from './uniform-valuations.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 30) };
const define = (terms: SchemeTerms): Scheme => defineScheme(terms)._unsafeUnwrap();
const g1 = define(goldenTerms.G1);
const uniform = uniformValuations({ lowestBps: 0n, highestBps: 4_000n })._unsafeUnwrap();
const declining = decliningNeeds({ firstBps: 3_500n, lastBps: 500n, deviationBps: 300n })._unsafeUnwrap();
const normal = normalValuations({ meanBps: 1_500n, deviationBps: 500n })._unsafeUnwrap();

function simulated(scheme: Scheme, options: Partial<SimulationOptions> = {}): Simulation {
  return simulateScheme(scheme, { seed: 'one', model: declining, ...options })._unsafeUnwrap();
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const winsOf = (life: Simulation) => life.draws.map(({ result }) => result.wins);

/** The rows of a golden table, and a model in which the ticket with the row's number is the only one to bid the row's discount. */
function given(table: 'G1' | 'G3'): { readonly rows: readonly (readonly string[])[]; readonly model: BidModel } {
  const lines = goldenTables[table].trim().split('\n').slice(1);
  const rows = lines.map((line) => line.split(',')).filter(([k]) => k !== 'total');
  const model: BidModel = ({ instalment }) => [
    { ticket: instalment, discount: BigInt(rows[instalment - 1]?.[1] ?? '') * 100n },
  ];
  return { rows, model };
}

describe('simulateScheme', () => {
  it.each(['G1', 'G3'] as const)('gives every row of the golden table %s for its bids', (table) => {
    const { rows, model } = given(table);
    const sealed = define({ ...goldenTerms[table], method: { type: 'sealed_auction' } });
    const life = simulated(sealed, { model });
    const told = life.draws.map(({ settlement }) =>
      [settlement.discount, settlement.pool, settlement.dues[0] ?? 0n, settlement.prizes[0]?.prize ?? 0n].map(
        (amount) => `${amount / 100n}`,
      ),
    );
    expect(told).toEqual(rows.map((row) => [row[1], row[3], row[5], row[7]]));
  });

  it('plays the same life for the same seed, and another for another', () => {
    expect(simulated(g1)).toEqual(simulated(g1));
    expect(winsOf(simulated(g1, { seed: 'two' }))).not.toEqual(winsOf(simulated(g1)));
  });

  it('tells each draw with its day and bids, and each ticket with its course', () => {
    const life = simulated(g1);
    expect(life.draws).toHaveLength(25);
    expect(life.draws[0]).toMatchObject({ instalment: 1, day: '2026-01-05', sequence: 1, bids: [] });
    expect(life.draws[0]?.result.wins).toEqual([{ ticket: 1, how: 'company_chit', discount: 0n }]);
    expect(life.draws[1]?.bids).toHaveLength(24);
    expect(life.draws[24]?.result.wins[0]?.how).toBe('sole');
    const [first] = life.tickets;
    expect(first).toMatchObject({ ticket: 1, wonAt: 1, won: 500_000_00n });
    expect(first?.flow[0]).toBe(480_000_00n);
    expect(first && first.paid + first.dividends).toBe(500_000_00n);
    expect(internalRates(first?.flow ?? [])._unsafeUnwrap().kind).toBe('unique');
  });

  it('may give the company chit to any ticket', () => {
    expect(simulated(g1, { foremanTicket: 9 }).tickets[8]?.wonAt).toBe(1);
    expect(simulateScheme(g1, { seed: 'one', foremanTicket: 26 })._unsafeUnwrapErr()).toMatchObject({
      code: 'draw_invalid',
      field: 'foremanTicket',
    });
  });

  it('counts the tax on each commission', () => {
    const rates = [{ from: '2017-07-01', basisPoints: 1_800n }];
    const taxed = define({ ...goldenTerms.G1, tax: { bearer: 'winner', rates } });
    expect(simulated(taxed, { taxBasisPoints: () => 1_800n }).tax).toBe(24n * 4_500_00n);
    expect(simulated(taxed).tax).toBe(0n);
  });

  it('draws lots at the lowest discount where nobody bids, and gets stuck where the agreement adjourns', () => {
    const { model: _, ...quiet } = { seed: 'one', model: uniform };
    const life = simulateScheme(g1, quiet)._unsafeUnwrap();
    expect(life.draws.slice(1, 24).every(({ result }) => result.wins[0]?.how === 'lot')).toBe(true);
    expect(life.dividends).toBe(0n);
    const adjourning = define({ ...goldenTerms.G1, discount: { ...auctionTerms.discount, noBids: 'adjourn' } });
    expect(simulateScheme(adjourning, quiet)._unsafeUnwrapErr()).toEqual({
      code: 'simulation_stuck',
      instalment: 2,
      draws: 24,
    });
  });

  it('holds an adjourned draw again until somebody bids', () => {
    const adjourning = define({ ...goldenTerms.G1, discount: { ...auctionTerms.discount, noBids: 'adjourn' } });
    const shy: BidModel = ({ sequence, eligible }) =>
      sequence < 3 ? [] : eligible.map((ticket) => ({ ticket, discount: 30_000_00n }));
    expect(simulated(adjourning, { model: shy }).draws.map(({ sequence }) => sequence)).toEqual([
      1,
      ...Array.from({ length: 23 }, () => 3),
      1,
    ]);
  });

  it('shows that a winner of the middle may have no rate of return, and every borrower a cost', () => {
    const life = simulated(g1);
    const told = life.tickets.map(({ flow }) =>
      ticketReturns(flow, { saving: new Decimal('0.005'), periodsPerYear: 12 })._unsafeUnwrap(),
    );
    expect(told.map(({ gain }) => gain)).toEqual(life.tickets.map(({ net }) => net));
    expect(new Set(told.map(({ rates }) => rates.kind)).size).toBe(3);
    expect(told.filter(({ dual }) => dual.kind === 'borrows').length).toBeGreaterThan(12);
  });

  it.each<[string, unknown]>([
    ['no text', 5],
    ['an empty one', ''],
    ['a line break', 'a\nb'],
    ['too long a one', 'a'.repeat(201)],
  ])('refuses %s for a seed', (_, seed) => {
    expect(simulateScheme(g1, { seed: seed as string })._unsafeUnwrapErr()).toMatchObject({
      code: 'simulation_invalid',
      field: 'seed',
    });
  });

  const anyModel = fc.constantFrom(uniform, declining, normal);
  const anySeed = fc.integer({ min: 0, max: 1_000_000 }).map(String);
  const anyTax = fc.constantFrom(0n, 1_200n, 1_800n);

  it('law: in every scheme each ticket wins once, and all that is paid comes back but for commission and tax', () => {
    fc.assert(
      fc.property(anyScheme(), anyModel, anySeed, anyTax, (scheme, model, seed, tax) => {
        const life = simulated(scheme, { model, seed, taxBasisPoints: () => tax });
        const taxed = scheme.terms.tax?.bearer === 'foreman' ? 0n : life.tax;
        expect(sum(life.tickets.map(({ net }) => net))).toBe(-life.commission - taxed);
        expect(life.collected).toBe(life.prizes + life.terminal + life.commission + taxed);
        const winners = winsOf(life).flatMap((wins) => wins.map(({ ticket }) => ticket));
        expect(winners.toSorted((left, right) => left - right)).toEqual(life.tickets.map(({ ticket }) => ticket));
        for (const ticket of life.tickets) {
          expect(ticket.net).toBe(ticket.won + ticket.terminal - ticket.paid);
          expect(ticket.net).toBe(sum(ticket.flow));
        }
      }),
      runs,
    );
  });

  it('law: A9: set off at once or against the next instalment, every ticket has the same net', () => {
    const auctions = anyScheme({ methods: ['open_auction', 'sealed_auction', 'lot'] });
    fc.assert(
      fc.property(auctions, anyModel, anySeed, (scheme, model, seed) => {
        const at = (lag: 0 | 1): Scheme => define({ ...scheme.terms, dividend: { ...scheme.terms.dividend, lag } });
        const [now, next] = [simulated(at(0), { model, seed }), simulated(at(1), { model, seed })];
        expect(winsOf(next)).toEqual(winsOf(now));
        expect(next.tickets.map(({ net }) => net)).toEqual(now.tickets.map(({ net }) => net));
        expect(next.dividends).toBe(now.dividends);
        const moved = now.draws.slice(0, -1).some(({ settlement }) => settlement.dividends.some((share) => share > 0n));
        if (moved) expect(next.tickets.map(({ flow }) => flow)).not.toEqual(now.tickets.map(({ flow }) => flow));
      }),
      runs,
    );
  });

  it('law: A8: where all share alike, all pay the same, so that the higher prize is the higher gain', () => {
    fc.assert(
      fc.property(anySeed, fc.constantFrom(0 as const, 1 as const), (seed, lag) => {
        const life = simulated(define({ ...goldenTerms.G1, dividend: { lag, among: 'all', unit: inr('1') } }), {
          seed,
        });
        expect(new Set(life.tickets.map(({ paid }) => paid)).size).toBe(1);
        const byNet = life.tickets.toSorted((left, right) => (left.net < right.net ? -1 : 1));
        const prizes = byNet.map(({ won }) => won);
        expect(prizes).toEqual(prizes.toSorted((left, right) => (left < right ? -1 : 1)));
      }),
      { numRuns: Math.min(runs.numRuns, 30) },
    );
  });

  it('law: its settlements are those of its winners', () => {
    fc.assert(
      fc.property(anyScheme(), anySeed, (scheme, seed) => {
        const life = simulated(scheme, { seed });
        expect(life.draws.map(({ settlement }) => settlement)).toEqual(settleScheme(scheme, winsOf(life)).settlements);
      }),
      { numRuns: Math.min(runs.numRuns, 30) },
    );
  });
});

describe('bidders', () => {
  const situation = { scheme: g1, instalment: 2, sequence: 1, eligible: [2, 3, 4, 5], random: randomSource('bids') };
  const value = (ticket: number, rupees: bigint) => ({ ticket, discount: rupees * 100n });
  const bids = (scheme: Scheme, ...list: readonly (readonly [number, bigint])[]) =>
    bidsOf(
      { ...situation, scheme },
      list.map(([ticket, rupees]) => value(ticket, rupees)),
    ).map(({ ticket, discount }) => [ticket, discount / 100n]);
  const sealed = define({ ...goldenTerms.G1, method: { type: 'sealed_auction' } });

  it('stop one step above the last who gave up, in the open', () => {
    expect(bids(g1, [2, 80_000n], [3, 60_000n], [4, 40_000n])).toEqual([
      [2, 60_100n],
      [3, 60_000n],
      [4, 40_000n],
    ]);
    expect(bids(g1, [2, 60_050n], [3, 60_000n])[0]).toEqual([2, 60_000n]);
    expect(bids(g1, [2, 80_000n])).toEqual([[2, 25_000n]]);
  });

  it('go on until as many are left as there are prizes, one fewer beside the company chit', () => {
    const three = define({ ...goldenTerms.G3, instalments: 5, winnersPerDraw: 3 });
    const list = [25_000n, 20_000n, 15_000n, 10_000n].map((rupees, index) => value(index + 2, rupees));
    const highest = (instalment: number) => bidsOf({ ...situation, scheme: three, instalment }, list)[0]?.discount;
    expect([highest(1), highest(2)]).toEqual([15_100_00n, 10_100_00n]);
  });

  it('bid what it is worth to them, sealed', () => {
    expect(bids(sealed, [3, 60_070n], [2, 80_000n])).toEqual([
      [2, 80_000n],
      [3, 60_000n],
    ]);
  });

  it('tie at the highest discount, and do not bid below the lowest or where they may not win', () => {
    const both = bids(g1, [2, 200_000n], [3, 150_000n], [4, 24_999n], [9, 150_000n]);
    expect(both.map(([ticket]) => ticket).toSorted()).toEqual([2, 3]);
    expect(both.map(([, discount]) => discount)).toEqual([150_000n, 150_000n]);
  });

  it('need less as time passes, and keep their place among each other', () => {
    const at = (instalment: number) => declining({ ...situation, instalment }).map(({ discount }) => discount);
    const [early, late] = [at(2), at(24)];
    expect(early.every((discount, index) => discount > (late[index] ?? 0n))).toBe(true);
    const places = (list: readonly bigint[]) => list.map((discount) => list.filter((other) => other > discount).length);
    expect(places(early)).toEqual(places(late));
  });

  it('lie about their mean, two thirds within a deviation of it', () => {
    const eligible = Array.from({ length: 2_000 }, (_, index) => index + 1);
    const list = normal({ ...situation, eligible }).map(({ discount }) => discount);
    const mean = sum(list) / 2_000n;
    expect(mean).toBeGreaterThan(74_000_00n);
    expect(mean).toBeLessThan(76_000_00n);
    const near = list.filter((discount) => discount > 50_000_00n && discount < 100_000_00n).length;
    expect(near).toBeGreaterThan(1_300);
    expect(near).toBeLessThan(1_430);
  });

  it('are spread over their whole range', () => {
    const eligible = Array.from({ length: 2_000 }, (_, index) => index + 1);
    const list = uniform({ ...situation, eligible }).map(({ discount }) => discount);
    const quarters = [0n, 1n, 2n, 3n].map(
      (quarter) => list.filter((discount) => discount / 50_000_01n === quarter).length,
    );
    expect(quarters.every((count) => count > 430 && count < 570)).toBe(true);
    expect(list.every((discount) => discount <= 200_000_00n)).toBe(true);
  });

  it.each<[string, () => { readonly isErr: () => boolean; readonly _unsafeUnwrapErr: () => object }, string]>([
    ['a number', () => uniformValuations({ lowestBps: 0 as unknown as bigint, highestBps: 1n }), 'lowestBps'],
    ['more than all', () => normalValuations({ meanBps: 10_001n, deviationBps: 1n }), 'meanBps'],
    ['less than nothing', () => normalValuations({ meanBps: 1n, deviationBps: -1n }), 'deviationBps'],
    ['a range upside down', () => uniformValuations({ lowestBps: 2n, highestBps: 1n }), 'lowestBps, highestBps'],
    [
      'needs that rise',
      () => decliningNeeds({ firstBps: 1n, lastBps: 2n, deviationBps: 0n }),
      'firstBps, lastBps, deviationBps',
    ],
  ])('are not made of %s', (_, make, field) => {
    expect(make()._unsafeUnwrapErr()).toMatchObject({ code: 'simulation_invalid', field });
  });
});
