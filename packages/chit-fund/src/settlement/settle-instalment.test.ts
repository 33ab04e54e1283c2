import { inr, type Money, money, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { defineScheme } from '../terms/define-scheme.ts';
import type { Scheme, SchemeTerms } from '../terms/terms.ts';
import { auctionTerms, termsWithoutBids } from '../testing/golden-schemes.ts';
import { settleInstalment } from './settle-instalment.ts';
import { settleScheme } from './settle-scheme.ts';
import type { Settlement, SettlementInput, TicketStanding, Win } from './settlement.ts';
import { shareOut } from './share-out.ts';
import { shareRemainder } from './share-remainder.ts';
import { shareTicket } from './share-ticket.ts';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const rupees = (amount: number): bigint => BigInt(amount) * 100n;
const amountOf = (amount: number): Money => money(rupees(amount), inr);
const scheme = (terms: Partial<SchemeTerms>, base: SchemeTerms = auctionTerms): Scheme =>
  defineScheme({ ...base, ...terms })._unsafeUnwrap();
const noneWon = (count: number): TicketStanding[] =>
  Array.from({ length: count }, (_, index) => ({ ticket: index + 1, prized: false, premium: 0n }));
const bid = (ticket: number, discount: bigint): Win => ({ ticket, how: 'bid', discount });

/** The first instalment of a scheme, won by ticket 1. */
function first(given: Scheme, discount: bigint, rest: Partial<SettlementInput> = {}): Settlement {
  const input = { scheme: given, instalment: 1, wins: [bid(1, discount)], tickets: noneWon(given.terms.tickets) };
  return settleInstalment({ ...input, carryIn: 0n, reserveIn: 0n, setOff: [], taxBasisPoints: 0n, ...rest });
}

const fiveLakhIn50 = { subscription: amountOf(10_000), tickets: 50, instalments: 50 };
const cap = (maximumBasisPoints: bigint) => ({ ...auctionTerms.discount, maximumBasisPoints });

describe('published examples', () => {
  it('5,00,000 in 50 at 35 %: 1,50,000 are shared, 3,000 each, and the next instalment is 7,000', () => {
    const given = scheme({ ...fiveLakhIn50, discount: cap(3_500n), dividend: { ...auctionTerms.dividend, lag: 1 } });
    const { pool, dividends, dues } = first(given, rupees(175_000));
    expect([pool, dividends[0], dues[0]]).toEqual([rupees(150_000), rupees(3_000), rupees(10_000)]);
    const tickets = noneWon(50).map((one) => ({ ...one, prized: one.ticket === 1 }));
    const next = { instalment: 2, wins: [bid(2, rupees(25_000))], tickets, setOff: dividends };
    expect(first(given, 0n, next).dues[0]).toBe(rupees(7_000));
  });

  it('1,50,000 in 50 at 45,000: 750 each, and 1,03,912 for the winner after a tax of 14.5 % in whole rupees', () => {
    const given = scheme({
      subscription: amountOf(3_000),
      tickets: 50,
      instalments: 50,
      tax: { bearer: 'winner', unit: amountOf(1), rates: [{ from: '2015-06-01', basisPoints: 1_450n }] },
    });
    const { commission, tax, dividends, prizes } = first(given, rupees(45_000), { taxBasisPoints: 1_450n });
    expect([commission, tax, dividends[0]]).toEqual([rupees(7_500), rupees(1_088), rupees(750)]);
    expect(prizes).toEqual([{ ticket: 1, prize: rupees(103_912) }]);
  });

  it('a winner of 3,75,000 beside a quoted bid of 1,00,000 has forgone 1,25,000', () => {
    const { prizes, dividends } = first(scheme(fiveLakhIn50), rupees(100_000 + 25_000));
    expect([prizes[0]?.prize, dividends[0]]).toEqual([rupees(375_000), rupees(2_000)]);
  });

  it('1,00,000 in 20 at 70 %, 25,000 for the 19 others: 1,315.78 each, and 0.18 stay', () => {
    const given = scheme({
      subscription: amountOf(5_000),
      tickets: 20,
      instalments: 20,
      dividend: { lag: 0, among: 'others', unit: inr('0.01') },
    });
    const { dividends, carryOut, dues } = first(given, rupees(30_000));
    expect([dividends[0], dividends[1], carryOut]).toEqual([0n, 131_578n, 18n]);
    expect([dues[0], dues[1]]).toEqual([rupees(5_000), 368_422n]);
  });

  it('5,00,000 in 20 at 25 %: shared with the 19 others it leaves 0.15, which no manual mentions', () => {
    const given = scheme({
      subscription: amountOf(25_000),
      tickets: 20,
      instalments: 20,
      dividend: { lag: 0, among: 'others', unit: inr('0.01') },
    });
    const { dividends, carryOut, pool } = first(given, rupees(125_000));
    expect([pool, dividends[1], carryOut]).toEqual([rupees(100_000), 526_315n, 15n]);
  });

  it('a fixed increment of ten: a payout of 75,000 and a fee of 5,000 are 8,000 from each', () => {
    const prizes = Array.from({ length: 10 }, (_, index) => amountOf(55_000 + 5_000 * index));
    const given = scheme(
      {
        method: { type: 'fixed_increment', prizes, by: 'lot' },
        subscription: amountOf(10_000),
        tickets: 10,
        instalments: 10,
        commission: { basisPoints: 500n, taken: 'on_top' },
      },
      termsWithoutBids,
    );
    const fifth = first(given, 0n, { instalment: 5, wins: [{ ticket: 5, how: 'lot', discount: 0n }] });
    expect([fifth.prizes[0]?.prize, fifth.dues[0], fifth.carryOut]).toEqual([rupees(75_000), rupees(8_000), 0n]);
  });

  it('9 instalments of 500 on a chit before the cap: 2,459 paid and 2,041 of dividend are 4,500', () => {
    const given = scheme({
      subscription: amountOf(500),
      tickets: 50,
      instalments: 50,
      discount: cap(6_000n),
      dividend: { ...auctionTerms.dividend, unit: inr('0.01') },
    });
    const { prizes, dues, dividends } = first(given, rupees(13_600));
    expect([prizes[0]?.prize, (dues[1] as bigint) + (dividends[1] as bigint)]).toEqual([rupees(11_400), rupees(500)]);
    expect(dividends[1]).toBe(rupees(247));
  });

  it('edge case 40: six pay 100 each and win in turn, and everybody ends where he began', () => {
    const order = [3, 1, 2, 6, 5, 4];
    const given = scheme(
      {
        method: { type: 'fixed_order', order, discount: usd('0.00') },
        subscription: usd('100.00'),
        tickets: 6,
        instalments: 6,
        commission: { basisPoints: 0n, taken: 'on_top' },
        dividend: { lag: 0, among: 'all', unit: usd('0.01') },
      },
      termsWithoutBids,
    );
    const { settlements, terminal } = settleScheme(
      given,
      order.map((ticket) => [{ ticket, how: 'order', discount: 0n }]),
    );
    expect(settlements.map(({ prizes }) => prizes[0]?.prize)).toEqual(Array(6).fill(60_000n));
    expect(sum(settlements.map(({ dues }) => dues[0] as bigint))).toBe(60_000n);
    expect(sum(terminal)).toBe(0n);
  });

  it('36,000 over 30 shares: 1,200 a share', () => {
    const { perShare, payouts, remainder } = shareOut(rupees(36_000), [10n, 8n, 6n, 4n, 2n]);
    expect([perShare, remainder]).toEqual([rupees(1_200), 0n]);
    expect(payouts).toEqual([12_000, 9_600, 7_200, 4_800, 2_400].map(rupees));
    expect(shareOut(100n, [1n, 1n, 1n])).toEqual({ perShare: 33n, payouts: [33n, 33n, 33n], remainder: 1n });
    expect(shareOut(0n, [1n, 2n])).toEqual({ perShare: 0n, payouts: [0n, 0n], remainder: 0n });
    expect(shareOut(100n, [1n, 0n])).toEqual({ perShare: 100n, payouts: [100n, 0n], remainder: 0n });
    for (const [fund, shares] of [
      [100n, [0n]],
      [100n, []],
      [-1n, [1n]],
      [100n, [2n, -1n]],
    ] as const) {
      expect(() => shareOut(fund, shares)).toThrow('not all of them zero');
    }
  });
});

describe('a hui of four that pay 1,000', () => {
  const hui = (type: 'hui_discount' | 'hui_premium') =>
    scheme({
      method: { type },
      subscription: amountOf(1_000),
      tickets: 4,
      instalments: 4,
      commission: { basisPoints: 0n, taken: 'on_top' },
      discount: { ...cap(3_000n), minimum: 'nothing' },
      companyChit: { instalment: 1, commission: false },
    });
  const draws: Win[][] = [
    [{ ticket: 1, how: 'company_chit', discount: 0n }],
    [bid(2, rupees(200))],
    [bid(3, rupees(100))],
    [{ ticket: 4, how: 'sole', discount: 0n }],
  ];

  it('takes each bid off what those pay that have not won', () => {
    const { settlements } = settleScheme(hui('hui_discount'), draws);
    expect(settlements.map(({ dues }) => dues)).toEqual(
      [
        [1_000, 1_000, 1_000, 1_000],
        [1_000, 1_000, 800, 800],
        [1_000, 1_000, 1_000, 900],
        [1_000, 1_000, 1_000, 1_000],
      ].map((row) => row.map(rupees)),
    );
    expect(settlements.map(({ prizes }) => prizes[0]?.prize)).toEqual([4_000, 3_600, 3_900, 4_000].map(rupees));
  });

  it('adds each bid to what its winner pays from then on', () => {
    const { settlements } = settleScheme(hui('hui_premium'), draws);
    expect(settlements.map(({ dues }) => dues)).toEqual(
      [
        [1_000, 1_000, 1_000, 1_000],
        [1_000, 1_000, 1_000, 1_000],
        [1_000, 1_200, 1_000, 1_000],
        [1_000, 1_200, 1_100, 1_000],
      ].map((row) => row.map(rupees)),
    );
    expect(settlements.map(({ prizes }) => prizes[0]?.prize)).toEqual([4_000, 4_000, 4_200, 4_300].map(rupees));
  });

  it.each(['hui_discount', 'hui_premium'] as const)('gives the winner of a %s all that its round collects', (type) => {
    for (const { dues, prizes } of settleScheme(hui(type), draws).settlements) {
      expect(prizes[0]?.prize).toBe(sum(dues));
    }
  });
});

describe('commission and tax', () => {
  const given = (bearer: 'winner' | 'subscribers' | 'foreman') => scheme({ tax: { bearer }, state: 'TS' });

  it.each([
    ['winner', 345_500, 15_000],
    ['subscribers', 350_000, 15_180],
    ['foreman', 350_000, 15_000],
  ] as const)('let the %s bear the tax', (bearer, prize, due) => {
    const { tax, prizes, dues, commission } = first(given(bearer), rupees(150_000), { taxBasisPoints: 1_800n });
    expect([tax, commission]).toEqual([rupees(4_500), rupees(25_000)]);
    expect([prizes[0]?.prize, dues[0]]).toEqual([rupees(prize), rupees(due)]);
  });

  it('ask each ticket for its part on top, rounded up to the unit, and share what that brings beyond', () => {
    const odd = scheme({ tax: { bearer: 'subscribers' }, state: 'TS' });
    const { onTop, carryOut, dividends, tax } = first(odd, rupees(150_000), { taxBasisPoints: 1_790n });
    // 4,475 over 25 are 179; one basis point more needs 180 from each.
    expect([tax, onTop[0], carryOut]).toEqual([rupees(4_475), rupees(179), 0n]);
    const more = first(odd, rupees(150_000), { taxBasisPoints: 1_791n });
    expect([more.tax, more.onTop[0], more.carryOut]).toEqual([447_750n, rupees(180), 2_250n]);
    expect(more.dividends).toEqual(dividends);
  });

  it('round the tax to the nearest paisa where no unit is agreed, a half up', () => {
    const odd = scheme({
      subscription: money(333_333n, inr),
      tickets: 7,
      instalments: 7,
      tax: { bearer: 'foreman' },
      state: 'TS',
    });
    const taxAt = (taxBasisPoints: bigint) => first(odd, 200_000n, { taxBasisPoints }).tax;
    // Of a commission of 1,166.66.
    expect([500n, 5_000n, 1_800n, 15n, 0n].map(taxAt)).toEqual([5_833n, 58_333n, 21_000n, 175n, 0n]);
  });

  it('leave a company chit whole, and ask the tickets where the agreement takes commission of it', () => {
    const wins: Win[] = [{ ticket: 1, how: 'company_chit', discount: 0n }];
    const without = scheme({ companyChit: { instalment: 1, commission: false } });
    const withIt = scheme({ companyChit: { instalment: 1, commission: true } });
    expect(first(without, 0n, { wins })).toMatchObject({ commission: 0n, prizes: [{ prize: rupees(500_000) }] });
    const { commission, dues, prizes } = first(withIt, 0n, { wins });
    expect([commission, dues[0], prizes[0]?.prize]).toEqual([rupees(25_000), rupees(21_000), rupees(500_000)]);
  });

  it('edge case 35: two prizes of each weekly instalment have a commission and a discount of their own', () => {
    const two = scheme({ tickets: 50, winnersPerDraw: 2, every: 'week' });
    const wins = [bid(3, rupees(150_000)), bid(9, rupees(25_000))];
    const { commission, discount, pool, dividends, dues, prizes } = first(two, 0n, { wins });
    expect([commission, discount, pool]).toEqual([50_000, 175_000, 125_000].map(rupees));
    expect([dividends[0], dues[0]]).toEqual([rupees(2_500), rupees(17_500)]);
    expect(prizes).toEqual([
      { ticket: 3, prize: rupees(350_000) },
      { ticket: 9, prize: rupees(475_000) },
    ]);
  });

  it('split the tax among several winners to the minor unit', () => {
    const two = scheme({ tickets: 50, winnersPerDraw: 2, tax: { bearer: 'winner' }, state: 'TS' });
    const wins = [bid(1, rupees(25_000)), bid(2, rupees(25_000))];
    const { tax, prizes } = first(two, 0n, { wins, taxBasisPoints: 1n });
    expect([tax, ...prizes.map(({ prize }) => prize)]).toEqual([500n, 47_499_750n, 47_499_750n]);
  });
});

describe('sharing', () => {
  it('bounds a dividend by the subscription and carries what is over', () => {
    const living = scheme({
      tickets: 3,
      instalments: 3,
      discount: cap(9_000n),
      dividend: { lag: 0, among: 'living', unit: inr('1.00') },
    });
    const tickets = noneWon(3).map((one) => ({ ...one, prized: one.ticket === 3 }));
    const { dividends, dues, carryOut } = first(living, rupees(54_000), { instalment: 2, tickets });
    // The pool of 51,000 has one ticket to go to, which owes 20,000.
    expect(dividends).toEqual([0n, rupees(20_000), 0n]);
    expect([dues[1], carryOut]).toEqual([0n, rupees(31_000)]);
  });

  it('carries all where nobody is left to share', () => {
    const living = scheme({ tickets: 2, instalments: 2, dividend: { lag: 0, among: 'living', unit: inr('1.00') } });
    const tickets = noneWon(2).map((one) => ({ ...one, prized: one.ticket === 2 }));
    const { dividends, carryOut } = first(living, rupees(12_000), { instalment: 2, tickets });
    expect([dividends, carryOut]).toEqual([[0n, 0n], rupees(10_000)]);
  });

  it('edge case 19: a dividend without a next instalment is paid at the end', () => {
    const lagging = scheme({ dividend: { ...auctionTerms.dividend, lag: 1 } });
    const draws = Array.from({ length: 25 }, (_, index) => [bid(index + 1, rupees(index === 24 ? 30_000 : 25_000))]);
    const { settlements, terminal } = settleScheme(lagging, draws);
    expect([settlements.at(-1)?.floatOut, terminal[0], sum(terminal)]).toEqual([
      rupees(5_000),
      rupees(200),
      rupees(5_000),
    ]);
  });

  it('edge case 20: the last remainder goes to the first tickets, a minor unit each', () => {
    expect(shareRemainder(17n, 20)).toEqual([...Array(17).fill(1n), ...Array(3).fill(0n)]);
    expect(shareRemainder(43n, 20)).toEqual([...Array(3).fill(3n), ...Array(17).fill(2n)]);
    expect(() => shareRemainder(-1n, 20)).toThrow('below zero');
  });

  it('edge case 16: two halves of a ticket owe and get it together', () => {
    expect(shareTicket(1_001n, { parts: [1n, 1n], before: 0n })).toEqual([501n, 500n]);
    expect(shareTicket(1_001n, { parts: [1n, 1n], before: 1_001n })).toEqual([500n, 501n]);
    expect(shareTicket(rupees(350_000), { parts: [3n, 1n], before: 0n })).toEqual([rupees(262_500), rupees(87_500)]);
  });
});

describe('what no draw can give', () => {
  const given = scheme({ companyChit: { instalment: 1, commission: false } });
  const won = noneWon(25).map((one) => ({ ...one, prized: one.ticket === 1 }));
  const rows: readonly (readonly [string, Partial<SettlementInput>, string])[] = [
    ['an instalment of 0', { instalment: 0 }, 'No such instalment'],
    ['one past the last', { instalment: 26 }, 'No such instalment'],
    ['half an instalment', { instalment: 1.5 }, 'No such instalment'],
    ['too few tickets', { tickets: noneWon(24) }, 'not those of the scheme'],
    ['tickets in another order', { tickets: noneWon(25).reverse() }, 'not those of the scheme'],
    ['a carry below zero', { carryIn: -1n }, 'below zero'],
    ['a reserve below zero', { reserveIn: -1n }, 'below zero'],
    ['something to set off at lag 0', { setOff: Array<bigint>(25).fill(1n) }, 'something to set off'],
    ['a tax of more than a half', { taxBasisPoints: 5_001n }, 'no such tax'],
    ['a tax below zero', { taxBasisPoints: -1n }, 'no such tax'],
    ['no winner', { wins: [] }, 'as many winners'],
    ['two winners', { wins: [bid(1, rupees(25_000)), bid(2, rupees(25_000))] }, 'as many winners'],
    ['a ticket that is none', { wins: [bid(26, rupees(25_000))] }, 'has won already, or is none'],
    ['a ticket that has won', { tickets: won }, 'has won already, or is none'],
    ['a discount below the commission', { wins: [bid(1, rupees(24_999))] }, 'not one of the method'],
    ['a discount above the cap', { wins: [bid(1, rupees(150_001))] }, 'not one of the method'],
    [
      'a company chit with a discount',
      { wins: [{ ticket: 1, how: 'company_chit', discount: 1n }] },
      'not one of the method',
    ],
    [
      'a company chit elsewhere',
      { instalment: 2, wins: [{ ticket: 1, how: 'company_chit', discount: 0n }] },
      'no company chit',
    ],
  ];

  it.each(rows)('%s is a defect', (_, rest, message) => {
    expect(() => first(given, rupees(25_000), rest)).toThrow(message);
    expect(() => first(given, rupees(25_000), rest)).toThrow(
      expect.objectContaining({ code: 'settlement_invalid', name: 'TypeError' }),
    );
  });

  it('a set-off of more than the subscription, or not for each ticket, is a defect', () => {
    const lagging = scheme({ dividend: { ...auctionTerms.dividend, lag: 1 } });
    const setOff = Array<bigint>(25).fill(rupees(20_000) + 1n);
    expect(() => first(lagging, rupees(25_000), { setOff })).toThrow('More is set off than a subscription');
    expect(() => first(lagging, rupees(25_000), { setOff: [1n] })).toThrow('something to set off');
  });

  it('one ticket twice among several winners is a defect', () => {
    const two = scheme({ tickets: 50, winnersPerDraw: 2 });
    const wins = [bid(1, rupees(25_000)), bid(1, rupees(25_000))];
    expect(() => first(two, 0n, { wins })).toThrow('A ticket wins twice');
  });

  it('a second company chit of one instalment is a defect', () => {
    const two = scheme({ tickets: 50, winnersPerDraw: 2, companyChit: { instalment: 1, commission: false } });
    const company: Win = { ticket: 1, how: 'company_chit', discount: 0n };
    const one = first(two, 0n, { wins: [company, bid(2, rupees(25_000))] });
    expect([one.commission, one.pool, one.prizes[0]?.prize]).toEqual([rupees(25_000), 0n, rupees(500_000)]);
    expect(() => first(two, 0n, { wins: [company, { ...company, ticket: 2 }] })).toThrow('no company chit');
  });

  it('a reserve that does not hold its prize is a defect', () => {
    const prizes = [amountOf(15_000), amountOf(25_000)];
    const method = { type: 'fixed_schedule' as const, prizes, by: 'lot' as const };
    const commission = { basisPoints: 0n, taken: 'on_top' as const };
    const two = scheme(
      { method, subscription: amountOf(10_000), tickets: 2, instalments: 2, commission },
      termsWithoutBids,
    );
    const wins: Win[] = [{ ticket: 1, how: 'lot', discount: 0n }];
    expect(first(two, 0n, { wins }).reserveOut).toBe(rupees(5_000));
    expect(() => first(two, 0n, { wins, instalment: 2 })).toThrow('does not hold');
  });
});
