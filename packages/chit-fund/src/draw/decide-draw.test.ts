import { inr } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fifteenTickets, schemeWith, schemeWithout } from '../../test/example-schemes.ts';
import type { DiscountTerms, Scheme } from '../terms/terms.ts';
import { goldenTables } from '../testing/golden-tables.ts';
import { checkBid } from './check-bid.ts';
import { commitLot } from './commit-lot.ts';
import { type DrawInput, decideDraw } from './decide-draw.ts';
import type { Bid, DrawResult } from './draw.ts';
import { replayLot } from './replay-lot.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const seed = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';
const commitment = commitLot(seed)._unsafeUnwrap();
const all = Array.from({ length: 15 }, (_, index) => index + 1);
const later = all.slice(1);
const auction = fifteenTickets.discount as DiscountTerms;

/** Bids in the order in which they were taken, in rupees. */
function bidsOf(...list: readonly (readonly [ticket: number, rupees: bigint])[]): readonly Bid[] {
  return list.map(([ticket, rupees], index) => ({ ticket, discount: rupees * 100n, sequence: index + 1 }));
}

function withoutLot(changes: Partial<DrawInput>): DrawInput {
  const { lot: _, ...rest } = input(changes);
  return rest;
}

function input(changes: Partial<DrawInput> = {}): DrawInput {
  const base = { scheme: schemeWith(), instalment: 2, unprized: later, eligible: later, draw: 'c1/2/1', bids: [] };
  return { ...base, lot: { seed, commitment }, ...changes };
}

const decide = (changes: Partial<DrawInput> = {}): DrawResult => decideDraw(input(changes))._unsafeUnwrap();
const ticketsOf = (result: DrawResult) => (result.result === 'won' ? result.wins.map((win) => win.ticket) : []);
const lotOf = (result: DrawResult) => (result.result === 'won' ? result.lot : undefined);
/** The highest discount, nothing where there is no bid. */
function highestOf(bids: readonly Bid[]): bigint {
  return bids.map((bid) => bid.discount).sort((left, right) => (left < right ? 1 : -1))[0] ?? 0n;
}

const withTerms = (discount: Partial<DiscountTerms>): Scheme => schemeWith({ discount: { ...auction, ...discount } });

describe('an auction', () => {
  it('is won by the highest discount', () => {
    const bids = bidsOf([3, 20_000n], [4, 76_500n], [5, 76_400n]);
    expect(decide({ bids })).toEqual({
      result: 'won',
      wins: [{ ticket: 4, how: 'bid', discount: 76_500_00n }],
      tied: [],
    });
  });

  it('counts the best bid of a ticket, and each ticket once', () => {
    const bids = bidsOf([3, 50_000n], [3, 20_000n], [4, 40_000n], [3, 50_000n]);
    expect(decide({ bids })).toMatchObject({ wins: [{ ticket: 3, discount: 50_000_00n }], tied: [] });
  });

  it('1: with a tie at the highest discount is decided by lot whatever the agreement says, with all tied tickets written down', () => {
    const bids = bidsOf([9, 90_000n], [3, 90_000n], [12, 90_000n], [4, 20_000n]);
    for (const tie of ['earliest', 'lot'] as const) {
      const result = decide({ scheme: withTerms({ tie }), bids });
      expect(result).toMatchObject({ tied: [3, 9, 12], wins: [{ how: 'lot', discount: 90_000_00n }] });
      const lot = lotOf(result);
      expect(lot).toMatchObject({ context: 'c1/2/1/tie', among: [3, 9, 12], commitment, seed });
      expect(lot && replayLot(lot, commitment)._unsafeUnwrap()).toEqual(ticketsOf(result));
    }
  });

  it('2: with a tie below it goes to the earliest where the agreement says so, else to a lot', () => {
    const bids = bidsOf([9, 57_000n], [3, 57_000n]);
    expect(decide({ scheme: withTerms({ tie: 'earliest' }), bids })).toEqual({
      result: 'won',
      wins: [{ ticket: 9, how: 'bid', discount: 57_000_00n }],
      tied: [3, 9],
    });
    const byLot = decide({ scheme: withTerms({ tie: 'lot' }), bids });
    expect(byLot).toMatchObject({ tied: [3, 9], wins: [{ how: 'lot', discount: 57_000_00n }] });
    expect(lotOf(byLot)?.among).toEqual([3, 9]);
  });

  it('2: is never won by the lowest bid that nobody else made', () => {
    const bids = bidsOf([3, 57_000n], [9, 57_000n], [4, 20_000n]);
    expect([3, 9]).toContain(ticketsOf(decide({ bids }))[0]);
  });

  it('30: goes to the bid that the server took first, whatever the order of the list', () => {
    const bids = bidsOf([9, 57_000n], [3, 57_000n]).toReversed();
    expect(ticketsOf(decide({ scheme: withTerms({ tie: 'earliest' }), bids }))).toEqual([9]);
  });

  it('31: beats an advance offer by a higher bid in the room, and keeps it against an equal one that came later', () => {
    const scheme = withTerms({ tie: 'earliest' });
    expect(ticketsOf(decide({ scheme, bids: bidsOf([5, 40_000n], [6, 40_100n]) }))).toEqual([6]);
    expect(ticketsOf(decide({ scheme, bids: bidsOf([5, 40_000n], [6, 40_000n]) }))).toEqual([5]);
  });

  it('3: without bids is a lot among those who may win, at the lowest discount', () => {
    const eligible = [2, 4, 8];
    const result = decide({ eligible });
    expect(result).toMatchObject({ tied: [], wins: [{ how: 'lot', discount: 15_000_00n }] });
    expect(lotOf(result)).toMatchObject({ context: 'c1/2/1/no_bids', among: eligible });
  });

  it('3: without bids is adjourned where the agreement says so', () => {
    expect(decide({ scheme: withTerms({ noBids: 'adjourn' }) })).toEqual({ result: 'adjourned', why: 'no_bids' });
  });

  it('6: with one ticket that may win is an auction by one, or a lot, as agreed', () => {
    const one = { eligible: [5], bids: bidsOf([5, 30_000n]) };
    expect(decide(one)).toMatchObject({ wins: [{ ticket: 5, how: 'bid', discount: 30_000_00n }] });
    const scheme = schemeWith({ custom: { soleBidder: 'lot' } });
    const byLot = decide({ ...one, scheme });
    expect(byLot).toMatchObject({ wins: [{ ticket: 5, how: 'lot', discount: 15_000_00n }] });
    expect(lotOf(byLot)).toMatchObject({ context: 'c1/2/1/sole', among: [5] });
    expect(decide({ eligible: [5] })).toMatchObject({ wins: [{ ticket: 5, how: 'lot', discount: 15_000_00n }] });
  });

  it('7: with nobody who may win is adjourned, and a ticket in default never wins', () => {
    expect(decide({ eligible: [], bids: bidsOf([5, 30_000n]) })).toEqual({
      result: 'adjourned',
      why: 'nobody_eligible',
    });
    const bounced = decide({ eligible: [3, 4], bids: bidsOf([5, 90_000n], [3, 20_000n]) });
    expect(ticketsOf(bounced)).toEqual([3]);
  });

  it('gives the last ticket its prize at the lowest discount, without an auction', () => {
    expect(decide({ instalment: 15, unprized: [6], eligible: [6], bids: bidsOf([6, 50_000n]) })).toEqual({
      result: 'won',
      wins: [{ ticket: 6, how: 'sole', discount: 15_000_00n }],
      tied: [],
    });
    expect(decide({ instalment: 15, unprized: [6], eligible: [] })).toMatchObject({ why: 'nobody_eligible' });
  });

  it('is adjourned where too few are present', () => {
    expect(decide({ quorum: { present: 1, least: 2 } })).toEqual({ result: 'adjourned', why: 'no_quorum' });
    expect(decide({ quorum: { present: 2, least: 2 } }).result).toBe('won');
  });

  it('draws another lot for the same instalment when it is held again', () => {
    const again = Array.from({ length: 20 }, (_, index) => ticketsOf(decide({ draw: `c1/2/${index + 1}` }))[0]);
    expect(new Set(again).size).toBeGreaterThan(3);
  });
});

describe('the draws of the third golden table', () => {
  /** What was bid in each instalment from the second on, in rupees, by the first tickets that are left. */
  const bidden: readonly (readonly bigint[])[] = [
    [90_000n, 90_000n, 90_000n, 90_000n, 90_000n, 90_000n],
    [90_000n, 90_000n, 90_000n, 90_000n, 90_000n],
    [90_000n, 90_000n, 80_000n, 90_000n],
    [80_000n, 87_000n],
    [81_000n],
    [76_500n, 70_000n],
    [69_000n],
    [],
    [57_000n, 57_000n, 40_000n],
    [48_000n],
    [39_000n],
    [],
    [22_500n],
    [50_000n],
  ];
  const rows = goldenTables.G3.trim().split('\n').slice(2, 16);

  it('are won at its discounts: ties by lot, no bids by lot, and the last ticket without an auction', () => {
    let unprized: readonly number[] = later;
    const told = bidden.map((list, index) => {
      const instalment = index + 2;
      const bids = bidsOf(...list.map((rupees, place) => [unprized[place] ?? 0, rupees] as const));
      const result = decide({ instalment, unprized, eligible: unprized, draw: `c1/${instalment}/1`, bids });
      const [win] = result.result === 'won' ? result.wins : [];
      unprized = unprized.filter((ticket) => ticket !== win?.ticket);
      return [instalment, (win?.discount ?? 0n) / 100n, win?.how, result.result === 'won' && result.tied.length];
    });
    expect(unprized).toEqual([]);
    expect(told.map(([instalment, discount]) => `${instalment},${discount}`)).toEqual(
      rows.map((row) => row.split(',').slice(0, 2).join()),
    );
    expect(told.map(([, , how]) => how)).toEqual([
      ...['lot', 'lot', 'lot', 'bid', 'bid', 'bid', 'bid'],
      ...['lot', 'lot', 'bid', 'bid', 'lot', 'bid', 'sole'],
    ]);
    expect(told.map(([, , , tied]) => tied)).toEqual([6, 5, 3, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0]);
  });
});

describe('the company chit', () => {
  it('14: goes to the foreman without a discount, once, and his other tickets bid like all others', () => {
    const first = { instalment: 1, unprized: all, eligible: all, foremanTicket: 4 };
    expect(decide({ ...first, bids: [] })).toEqual({
      result: 'won',
      wins: [{ ticket: 4, how: 'company_chit', discount: 0n }],
      tied: [],
    });
    const own = all.filter((ticket) => ticket !== 4);
    const second = { unprized: own, eligible: own, foremanTicket: 5, bids: bidsOf([5, 40_000n], [6, 30_000n]) };
    expect(decide(second)).toMatchObject({ wins: [{ ticket: 5, how: 'bid', discount: 40_000_00n }] });
  });

  it('15: leaves the ticket that waits for it out of the draws before, and the others of the foreman in', () => {
    const scheme = schemeWith({ companyChit: { instalment: 3, commission: false } });
    const before = { scheme, unprized: all, eligible: all, foremanTicket: 4 };
    const bids = bidsOf([4, 60_000n], [5, 50_000n]);
    expect(ticketsOf(decide({ ...before, bids }))).toEqual([5]);
    expect(lotOf(decide(before))?.among).not.toContain(4);
    expect(checkBid(input(before), { ticket: 4, discount: 60_000_00n })._unsafeUnwrapErr().code).toBe(
      'ticket_not_eligible',
    );
    const two = { scheme, unprized: [4, 9], eligible: [4, 9], foremanTicket: 4 };
    expect(decide({ ...two, bids: bidsOf([9, 50_000n]) })).toMatchObject({ wins: [{ ticket: 9, how: 'sole' }] });
    const { foremanTicket: _, ...none } = before;
    expect(decideDraw(input(none))._unsafeUnwrapErr()).toMatchObject({ field: 'foremanTicket', given: 'undefined' });
  });

  it('14: is refused without a ticket of the foreman, and adjourned where his is in default', () => {
    const first = { instalment: 1, unprized: all, eligible: all };
    expect(decideDraw(input(first))._unsafeUnwrapErr()).toMatchObject({ code: 'draw_invalid', field: 'foremanTicket' });
    const taken = { ...first, foremanTicket: 4, unprized: later.slice(3), eligible: later.slice(3) };
    expect(decideDraw(input(taken))._unsafeUnwrapErr()).toMatchObject({ field: 'foremanTicket', given: '4' });
    expect(decide({ ...first, eligible: later, foremanTicket: 1 })).toMatchObject({ why: 'nobody_eligible' });
  });

  it('15: may be another instalment than the first, or none', () => {
    const third = schemeWith({ companyChit: { instalment: 3, commission: false } });
    const at = (instalment: number) => ({ scheme: third, instalment, unprized: all, eligible: all, foremanTicket: 4 });
    expect(decide({ ...at(3), bids: bidsOf([5, 40_000n]) })).toMatchObject({ wins: [{ how: 'company_chit' }] });
    expect(decide({ ...at(1), bids: bidsOf([5, 40_000n]) })).toMatchObject({ wins: [{ ticket: 5, how: 'bid' }] });
    const none = { scheme: schemeWithout(['companyChit']), instalment: 1, unprized: all, eligible: all };
    expect(decide({ ...none, bids: bidsOf([5, 40_000n]) })).toMatchObject({ wins: [{ ticket: 5, how: 'bid' }] });
  });
});

describe('a draw with several winners', () => {
  const scheme = schemeWith({ tickets: 15, instalments: 5, winnersPerDraw: 3 });
  const setting = { scheme, unprized: later, eligible: later };

  it('is won by as many as the agreement says, each at its own discount', () => {
    const bids = bidsOf([3, 20_000n], [4, 25_000n], [5, 18_000n], [6, 17_000n]);
    expect(decide({ ...setting, bids })).toMatchObject({
      tied: [],
      wins: [
        { ticket: 4, discount: 25_000_00n },
        { ticket: 3, discount: 20_000_00n },
        { ticket: 5, discount: 18_000_00n },
      ],
    });
  });

  it('16: decides only the places that the tie is about', () => {
    const bids = bidsOf([3, 20_000n], [4, 25_000n], [5, 20_000n], [6, 20_000n]);
    const result = decide({ ...setting, bids });
    expect(result).toMatchObject({
      tied: [3, 5, 6],
      wins: [{ ticket: 4, how: 'bid' }, { how: 'lot' }, { how: 'lot' }],
    });
    expect(lotOf(result)).toMatchObject({ among: [3, 5, 6] });
    const earliest = schemeWith({
      tickets: 15,
      instalments: 5,
      winnersPerDraw: 3,
      discount: { ...auction, tie: 'earliest' },
    });
    expect(ticketsOf(decide({ ...setting, scheme: earliest, bids }))).toEqual([4, 3, 5]);
  });

  it('fills the places without bids by lot among the others', () => {
    const result = decide({ ...setting, bids: bidsOf([4, 25_000n]) });
    expect(result).toMatchObject({ wins: [{ ticket: 4, how: 'bid' }, { how: 'lot' }, { how: 'lot' }] });
    expect(lotOf(result)?.among).toEqual(later.filter((ticket) => ticket !== 4));
    expect(new Set(ticketsOf(result)).size).toBe(3);
  });

  it('gives the foreman one prize of his instalment and the others to bids', () => {
    const first = { ...setting, instalment: 1, unprized: all, eligible: all, foremanTicket: 2 };
    expect(decide({ ...first, bids: bidsOf([2, 26_000n], [4, 25_000n], [9, 20_000n], [5, 16_000n]) })).toMatchObject({
      wins: [
        { ticket: 2, how: 'company_chit', discount: 0n },
        { ticket: 4, how: 'bid' },
        { ticket: 9, how: 'bid' },
      ],
    });
  });

  it('takes no bid of the ticket that gets the company chit, and none where only as many others are left as win', () => {
    const first = input({ ...setting, instalment: 1, unprized: all, eligible: all, foremanTicket: 2 });
    expect(checkBid(first, { ticket: 3, discount: 20_000_00n }).isOk()).toBe(true);
    expect(checkBid(first, { ticket: 2, discount: 20_000_00n })._unsafeUnwrapErr().code).toBe('ticket_not_eligible');
    const few = input({ ...setting, instalment: 1, unprized: [2, 3, 4], eligible: [2, 3, 4], foremanTicket: 2 });
    expect(checkBid(few, { ticket: 3, discount: 20_000_00n })._unsafeUnwrapErr()).toMatchObject({ why: 'last_ticket' });
  });

  it('is adjourned where fewer may win than do, and gives the last ones their prizes', () => {
    expect(decide({ ...setting, eligible: [3, 4] })).toEqual({ result: 'adjourned', why: 'too_few_eligible' });
    expect(decide({ ...setting, instalment: 5, unprized: [3, 4, 9], eligible: [3, 4, 9] })).toMatchObject({
      wins: [3, 4, 9].map((ticket) => ({ ticket, how: 'sole', discount: 5_000_00n })),
    });
  });
});

describe('a scheme without bids', () => {
  it('draws a lot at the discount that the agreement fixes', () => {
    const scheme = schemeWithout(['discount'], { method: { type: 'lot', discount: inr('20000') } });
    const result = decide({ scheme });
    expect(result).toMatchObject({ wins: [{ how: 'lot', discount: 20_000_00n }] });
    expect(lotOf(result)).toMatchObject({ context: 'c1/2/1/lot', among: later });
  });

  it('follows its order, and waits for a ticket in default', () => {
    const order = [...all].reverse();
    const method = { type: 'fixed_order', order, discount: inr('0') } as const;
    const commission = { basisPoints: 0n, taken: 'from_discount' } as const;
    const scheme = schemeWithout(['companyChit', 'discount'], { method, commission });
    const rest = all.slice(0, 14);
    expect(decide({ scheme, unprized: rest, eligible: rest })).toEqual({
      result: 'won',
      wins: [{ ticket: 14, how: 'order', discount: 0n }],
      tied: [],
    });
    expect(decide({ scheme, unprized: rest, eligible: rest.slice(0, 13) })).toMatchObject({ result: 'adjourned' });
  });
});

describe('decideDraw', () => {
  const anyTerms = fc.record({
    tie: fc.constantFrom<DiscountTerms['tie']>('earliest', 'lot'),
    noBids: fc.constantFrom<DiscountTerms['noBids']>('adjourn', 'lot'),
  });
  const anyBids = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 6 })), { maxLength: 20 })
    .map((list) => bidsOf(...list.map(([ticket, level]) => [ticket, 15_000n + 12_500n * BigInt(level)] as const)));
  const anyEligible = fc.subarray(later);

  it('law: only a ticket that may win wins, at the best discount that such a ticket bid', () => {
    fc.assert(
      fc.property(anyTerms, anyBids, anyEligible, (terms, bids, eligible) => {
        const result = decide({ scheme: withTerms(terms), bids, eligible });
        const counting = bids.filter((bid) => eligible.includes(bid.ticket));
        const best = highestOf(counting);
        if (result.result === 'adjourned') {
          expect(eligible.length === 0 || (counting.length === 0 && terms.noBids === 'adjourn')).toBe(true);
          return;
        }
        const [win] = result.wins;
        expect(eligible).toContain(win?.ticket);
        expect(win?.discount).toBe(counting.length === 0 ? 15_000_00n : best);
        const top = new Set(counting.filter((bid) => bid.discount === best).map((bid) => bid.ticket));
        if (counting.length > 0) expect(top.has(win?.ticket as number)).toBe(true);
        expect(result.tied.length).toBe(top.size > 1 ? top.size : 0);
        // At the highest discount never by who was first.
        if (top.size > 1 && best === 90_000_00n) expect(win?.how).toBe('lot');
        if (result.lot) expect(replayLot(result.lot, commitment).isOk()).toBe(true);
      }),
      runs,
    );
  });

  it('law: the order in which bids are listed is of no account', () => {
    fc.assert(
      fc.property(
        anyTerms,
        anyBids.chain((bids) =>
          fc.tuple(fc.constant(bids), fc.shuffledSubarray([...bids], { minLength: bids.length })),
        ),
        (terms, [bids, shuffled]) => {
          const scheme = withTerms(terms);
          expect(decide({ scheme, bids: shuffled })).toEqual(decide({ scheme, bids }));
        },
      ),
      runs,
    );
  });

  it('refuses where a lot has to decide without a seed, and asks for none elsewhere', () => {
    expect(decideDraw(withoutLot({}))._unsafeUnwrapErr()).toEqual({ code: 'lot_missing', purpose: 'no_bids' });
    expect(decideDraw(withoutLot({ bids: bidsOf([3, 20_000n]) })).isOk()).toBe(true);
  });

  it.each<[string, Partial<DrawInput>, object]>([
    ['an instalment that there is not', { instalment: 16 }, { code: 'draw_invalid', field: 'instalment' }],
    ['two bids under one sequence', { bids: [...bidsOf([3, 20_000n]), ...bidsOf([4, 20_000n])] }, { field: 'bids' }],
    ['a bid above the highest', { bids: bidsOf([3, 90_100n]) }, { code: 'bid_above_highest' }],
    ['a bid below the lowest', { bids: bidsOf([3, 14_900n]) }, { code: 'bid_below_lowest' }],
    ['a bid off the step', { bids: bidsOf([3, 20_050n]) }, { code: 'bid_off_step' }],
    ['a seed that was not committed to', { lot: { seed, commitment: 'ff' } }, { code: 'lot_differs' }],
    ['a draw with a space', { draw: 'c1 2' }, { code: 'secret_invalid', field: 'context' }],
  ])('refuses %s', (_, changes, refusal) => {
    expect(decideDraw(input(changes))._unsafeUnwrapErr()).toMatchObject(refusal);
  });
});
