import { inr, isMoney, LARGEST_MINOR, type Money, money, usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScheme } from '../testing/any-scheme.ts';
import { auctionTerms, goldenTerms, termsWithoutBids } from '../testing/golden-schemes.ts';
import { defineScheme } from './define-scheme.ts';
import { parseTerms, termsToJson } from './parse-terms.ts';
import type { SchemeTerms } from './terms.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const rupees = (amount: number): Money => money(BigInt(amount) * 100n, inr);
const fieldsOf = (terms: unknown): readonly string[] =>
  defineScheme(terms as SchemeTerms).match(
    () => [],
    ({ field, problems }) => [field, ...problems.map((problem) => problem.split(':')[0] as string)],
  );
/** The terms with one part changed by its path. */
const changed = (terms: SchemeTerms, path: string, value: unknown): unknown => {
  const copy = thaw(terms) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() as string;
  const place = names.reduce((part, name) => part[name] as Record<string, unknown>, copy);
  place[last] = value;
  return copy;
};
const thaw = (part: unknown): unknown => {
  if (typeof part !== 'object' || part === null || isMoney(part)) return part;
  if (Array.isArray(part)) return part.map(thaw);
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, thaw(value)]));
};

const order = Array.from({ length: 25 }, (_, index) => index + 1);
const lot: SchemeTerms = { ...termsWithoutBids, method: { type: 'lot', discount: rupees(25_000) } };
const rotation: SchemeTerms = { ...lot, method: { type: 'fixed_order', order, discount: rupees(25_000) } };
const onTop = { basisPoints: 500n, taken: 'on_top' } as const;
const increment: SchemeTerms = {
  ...termsWithoutBids,
  commission: onTop,
  method: { type: 'fixed_increment', prizes: order.map(() => rupees(500_000)), by: order },
};
const hui: SchemeTerms = {
  ...auctionTerms,
  commission: onTop,
  method: { type: 'hui_discount' },
  discount: { ...auctionTerms.discount, minimum: 'nothing' },
};
const taxed: SchemeTerms = {
  ...auctionTerms,
  tax: { bearer: 'winner', unit: rupees(1), rates: [{ from: '2017-07-01', basisPoints: 1_200n }] },
};
const withParts: SchemeTerms = {
  ...taxed,
  state: 'TS',
  holidays: { days: ['2026-01-26'], move: 'later' },
  companyChit: { instalment: 1, commission: false },
  custom: {
    soleBidder: 'auction',
    ticketsPerPerson: 3,
    vacant: 'foreman_holds',
    vacantDeduction: [{ from: '2026-01-01', basisPoints: 500n }],
  },
};

const bad: readonly (readonly [terms: SchemeTerms, path: string, value: unknown])[] = [
  ...['', ' x', 'x ', 'y'.repeat(129), 5, undefined].map((value) => [auctionTerms, 'name', value] as const),
  ...[0, 20_000n, '20000', null, rupees(0), rupees(-1), { minor: 1n }].map(
    (value) => [auctionTerms, 'subscription', value] as const,
  ),
  [auctionTerms, 'subscription', money(10n ** 36n, inr)],
  ...[1, 0, -25, 2.5, 10_001, '25', 25n, Number.NaN].map((value) => [auctionTerms, 'tickets', value] as const),
  [auctionTerms, 'tickets', 24],
  ...[1, 24.5, 2_001, '25', Number.POSITIVE_INFINITY].map((value) => [auctionTerms, 'instalments', value] as const),
  ...[0, -1, 1.5, '1'].map((value) => [auctionTerms, 'winnersPerDraw', value] as const),
  ...['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '1899-12-31', '2200-01-01', 20_260_105].map(
    (value) => [auctionTerms, 'starts', value] as const,
  ),
  [auctionTerms, 'every', 'year'],
  ...[-1, 367, 0.5, '0'].map((value) => [auctionTerms, 'dueAfterDays', value] as const),
  [auctionTerms, 'state', 'Telangana'],
  [auctionTerms, 'state', 'ts'],
  [withParts, 'holidays.move', 'away'],
  [withParts, 'holidays.days.0', '2026-02-30'],
  [withParts, 'holidays.days', Array(5_001).fill('2026-01-26')],
  ...[-1n, 10_001n, 500, '500'].map((value) => [auctionTerms, 'commission.basisPoints', value] as const),
  [auctionTerms, 'commission.taken', 'before'],
  ...[-1n, 10_001n, 3_000].map((value) => [auctionTerms, 'discount.maximumBasisPoints', value] as const),
  [auctionTerms, 'discount.minimum', 'half'],
  [auctionTerms, 'discount.minimum', 'nothing'],
  ...[rupees(0), usd('1.00'), 100].map((value) => [auctionTerms, 'discount.step', value] as const),
  [auctionTerms, 'discount.tie', 'latest'],
  [auctionTerms, 'discount.noBids', 'nobody'],
  [auctionTerms, 'discount', undefined],
  [lot, 'discount', auctionTerms.discount],
  ...[2, -1, '0', undefined].map((value) => [auctionTerms, 'dividend.lag', value] as const),
  [auctionTerms, 'dividend.among', 'none'],
  ...[rupees(0), rupees(20_001), usd('1.00'), 1n].map((value) => [auctionTerms, 'dividend.unit', value] as const),
  ...[0, 26, 1.5, '1'].map((value) => [withParts, 'companyChit.instalment', value] as const),
  [withParts, 'companyChit.commission', 'yes'],
  [taxed, 'tax.bearer', 'nobody'],
  ...[rupees(0), rupees(25_001), usd('1.00')].map((value) => [taxed, 'tax.unit', value] as const),
  [taxed, 'tax.rates.0.from', '2017-02-30'],
  ...[-1n, 5_001n, 1_200].map((value) => [taxed, 'tax.rates.0.basisPoints', value] as const),
  [taxed, 'tax.rates', undefined],
  ...[-1, 367, '5'].map((value) => [auctionTerms, 'late.graceDays', value] as const),
  ...[-1n, 10_001n, 1_200].map((value) => [auctionTerms, 'late.interestBasisPoints', value] as const),
  [auctionTerms, 'late.by', 'actual_360'],
  [auctionTerms, 'late.forfeit', 'charity'],
  [auctionTerms, 'late.first', 'neither'],
  [withParts, 'custom.soleBidder', 'nobody'],
  ...[0, 26, 1.5].map((value) => [withParts, 'custom.ticketsPerPerson', value] as const),
  [withParts, 'custom.vacant', 'burns'],
  [withParts, 'custom.vacantDeduction.0.from', '2026-02-29'],
  ...[-1n, 10_001n, 500].map((value) => [withParts, 'custom.vacantDeduction.0.basisPoints', value] as const),
  [auctionTerms, 'method.type', 'raffle'],
  [auctionTerms, 'method.type', 'toString'],
  ...[rupees(24_999), rupees(475_001), usd('25000.00'), 25_000n].map(
    (value) => [lot, 'method.discount', value] as const,
  ),
  ...[order.slice(1), [...order.slice(1), 25], [...order.slice(1), 26], [...order.slice(1), 1.5], []].map(
    (value) => [rotation, 'method.order', value] as const,
  ),
  [increment, 'method.by', order.slice(1)],
  [increment, 'method.prizes', [rupees(500_000)]],
  [increment, 'method.prizes.0', rupees(0)],
  [increment, 'method.prizes.3', usd('500000.00')],
  [increment, 'companyChit', { instalment: 1, commission: false }],
  [increment, 'commission.taken', 'from_discount'],
  [goldenTerms.G8, 'commission.taken', 'from_discount'],
  [hui, 'tax', { bearer: 'winner', rates: [] }],
  [hui, 'discount.minimum', 'commission'],
  [hui, 'dividend.lag', 1],
  [hui, 'commission.taken', 'from_discount'],
];

describe('a scheme', () => {
  it('has what follows from its terms', () => {
    const scheme = defineScheme(goldenTerms.G1)._unsafeUnwrap();
    expect(scheme).toMatchObject({
      gross: 50_000_000n,
      grossPrize: 50_000_000n,
      subscription: 2_000_000n,
      commission: 2_500_000n,
      discount: { least: 2_500_000n, most: 15_000_000n, step: 10_000n },
      unit: 100n,
      winnersPerDraw: 1,
    });
    expect([scheme.currency.code, scheme.drawDays.length, scheme.dueDays.length]).toEqual(['INR', 25, 25]);
  });

  it('is frozen through and through, and keeps its own copy of the terms', () => {
    const terms = thaw(withParts) as SchemeTerms;
    const scheme = defineScheme(terms)._unsafeUnwrap();
    ((terms.holidays?.days ?? []) as string[]).push('2026-08-15');
    expect(scheme.terms.holidays?.days).toEqual(['2026-01-26']);
    for (const part of [scheme, scheme.terms, scheme.terms.dividend, scheme.drawDays, scheme.discount]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('law: every scheme that is defined is defined again by its terms', () => {
    fc.assert(
      fc.property(anyScheme(), (scheme) => {
        expect(defineScheme(scheme.terms)._unsafeUnwrap()).toEqual(scheme);
      }),
      runs,
    );
  });

  it('edge case 5: has a cap off the steps, and one of a rate that is no whole paisa, rounded down', () => {
    const odd = { ...auctionTerms, subscription: money(333_333n, inr), tickets: 7, instalments: 7 };
    const { discount, commission } = defineScheme(odd)._unsafeUnwrap();
    // 23,333.31 of which 30 % are 6,999.993 and 5 % are 1,166.6655.
    expect([discount?.most, commission, discount?.least]).toEqual([699_999n, 116_666n, 116_666n]);
    expect(((discount?.most ?? 0n) - (discount?.least ?? 0n)) % (discount?.step ?? 1n)).not.toBe(0n);
  });

  it('edge case 21: has the subscription times the tickets for its gross amount, and no field for another', () => {
    const thirty = { ...auctionTerms, tickets: 30, instalments: 30, subscription: money(1_666_667n, inr) };
    expect(defineScheme(thirty)._unsafeUnwrap().gross).toBe(50_000_010n);
  });

  it('edge case 22: has a commission that is at most the cap after it was rounded', () => {
    const odd = { subscription: money(1_111_100n, inr), tickets: 3, instalments: 3 };
    const commission = { basisPoints: 700n, taken: 'from_discount' } as const;
    expect(defineScheme({ ...auctionTerms, ...odd, commission })._unsafeUnwrap().commission).toBe(233_331n);
  });

  it('edge case 35: has a prize for each of several winners, and every ticket wins once', () => {
    const two = { ...auctionTerms, tickets: 50, winnersPerDraw: 2, every: 'week' as const };
    const scheme = defineScheme(two)._unsafeUnwrap();
    expect(scheme).toMatchObject({ gross: 100_000_000n, grossPrize: 50_000_000n, commission: 5_000_000n });
    expect(scheme.discount?.most).toBe(15_000_000n);
    expect(fieldsOf({ ...two, tickets: 49 })[0]).toBe('tickets');
  });

  it('edge case 40: has no discount and no commission where a circle agrees on neither', () => {
    const circle: SchemeTerms = {
      ...termsWithoutBids,
      subscription: usd('100.00'),
      tickets: 6,
      instalments: 6,
      method: { type: 'fixed_order', order: [1, 2, 3, 4, 5, 6], discount: usd('0.00') },
      commission: { basisPoints: 0n, taken: 'from_discount' },
      dividend: { lag: 0, among: 'all', unit: usd('0.01') },
    };
    expect(defineScheme(circle)._unsafeUnwrap()).toMatchObject({ commission: 0n, gross: 60_000n });
  });
});

describe('terms at the edge of what can be', () => {
  const part = (terms: SchemeTerms, path: string, value: unknown) => ({ terms, path, value });
  const free: SchemeTerms = { ...lot, commission: { basisPoints: 0n, taken: 'from_discount' }, state: 'TS' };
  const rows = [
    part({ ...auctionTerms, tickets: 2 }, 'instalments', 2),
    part(auctionTerms, 'dividend.unit', rupees(20_000)),
    part(auctionTerms, 'dividend.unit', inr('0.01')),
    part(auctionTerms, 'discount.step', inr('0.01')),
    part(auctionTerms, 'discount.maximumBasisPoints', 500n),
    part(auctionTerms, 'discount.maximumBasisPoints', 9_500n),
    part(hui, 'discount.maximumBasisPoints', 10_000n),
    part({ ...hui, method: { type: 'hui_premium' } }, 'discount.maximumBasisPoints', 10_000n),
    part(lot, 'method.discount', rupees(25_000)),
    part(lot, 'method.discount', rupees(475_000)),
    part(free, 'method.discount', rupees(0)),
    part(increment, 'commission', { basisPoints: 0n, taken: 'from_discount' }),
    part(free, 'method.discount', rupees(500_000)),
    part({ ...increment, state: 'TS' }, 'tax', { bearer: 'winner' }),
    part({ ...increment, state: 'TS', tax: { bearer: 'winner' } }, 'method.prizes.0', rupees(25_000)),
    part(increment, 'method.prizes.0', inr('0.01')),
    part(taxed, 'tax.unit', rupees(25_000)),
    part(taxed, 'tax.unit', inr('0.01')),
    part(taxed, 'tax.rates.0.basisPoints', 5_000n),
    part(withParts, 'companyChit.instalment', 25),
    part(withParts, 'custom.ticketsPerPerson', 1),
    part(withParts, 'custom.ticketsPerPerson', 25),
    part(withParts, 'custom.soleBidder', 'lot'),
    part(withParts, 'holidays.move', 'earlier'),
    part(withParts, 'holidays.days', Array(5_000).fill('2020-01-01')),
    part(auctionTerms, 'late.graceDays', 366),
    part(auctionTerms, 'late.interestBasisPoints', 10_000n),
    part(auctionTerms, 'dueAfterDays', 366),
    part(auctionTerms, 'name', 'y'.repeat(128)),
    ...['actual_365', 'month'].map((by) => part(auctionTerms, 'late.by', by)),
    ...['nothing', 'foreman', 'pool', 'restore_on_cure'].map((value) => part(auctionTerms, 'late.forfeit', value)),
    ...['interest', 'principal'].map((value) => part(auctionTerms, 'late.first', value)),
    ...['winner', 'subscribers', 'foreman'].map((value) => part(taxed, 'tax.bearer', value)),
    ...['all', 'others', 'living'].map((value) => part(auctionTerms, 'dividend.among', value)),
    ...['earliest', 'lot'].map((value) => part(auctionTerms, 'discount.tie', value)),
    ...['lot', 'adjourn'].map((value) => part(auctionTerms, 'discount.noBids', value)),
    ...['open_auction', 'sealed_auction'].map((value) => part(auctionTerms, 'method.type', value)),
  ];

  it.each(rows)('are taken at $path for $value, and read from JSON', ({ terms, path, value }) => {
    const given = changed(terms, path, value) as SchemeTerms;
    const { terms: kept } = defineScheme(given)._unsafeUnwrap();
    expect(parseTerms(termsToJson(given))._unsafeUnwrap()).toEqual(kept);
  });

  it('let only rates follow each other whose days do', () => {
    const rates = (...days: string[]) => days.map((from) => ({ from, basisPoints: 0n }));
    const problems = (...days: string[]) => fieldsOf(changed(taxed, 'tax.rates', rates(...days)))[0];
    expect(problems('2020-01-01', '2021-01-01', '2022-01-01')).toBeUndefined();
    expect(problems('2020-01-01', '2020-01-01')).toBe('tax.rates.1.from');
    expect(problems('2020-01-01', '2022-01-01', '2021-01-01')).toBe('tax.rates.2.from');
  });

  it('leave room for a whole life in 38 digits', () => {
    const most = LARGEST_MINOR / (25n * 25n * 2n);
    const fieldOf = (minor: bigint) => fieldsOf({ ...auctionTerms, subscription: money(minor, inr) })[0];
    expect([fieldOf(most), fieldOf(most + 1n)]).toEqual([undefined, 'subscription']);
  });

  it('say what bids are wanted for', () => {
    const allowed = (terms: unknown) => defineScheme(terms as SchemeTerms)._unsafeUnwrapErr().allowed;
    expect(allowed(changed(auctionTerms, 'discount', undefined))).toBe('what bids may be');
    expect(allowed(changed(lot, 'discount', auctionTerms.discount))).toBe('nothing: the method has no bids');
  });
});

describe('terms that cannot be', () => {
  it.each(bad.map(([terms, path, value]) => ({ terms, path, value })))('are refused at $path for $value', (row) => {
    const [field = '', ...problems] = fieldsOf(changed(row.terms, row.path, row.value));
    const [short = '', long = ''] = [row.path, field].sort();
    expect(long.startsWith(short)).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
  });

  it.each([undefined, null, 5, 'terms', [], {}, () => 0, Symbol('terms')].map((value) => [value] as const))(
    'are refused where %o is given',
    (value) => {
      expect(fieldsOf(value).length).toBeGreaterThan(0);
    },
  );

  it('are refused where a getter throws', () => {
    const hostile = Object.defineProperty({ ...auctionTerms }, 'late', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(fieldsOf(hostile).length).toBeGreaterThan(0);
  });

  it('tell every problem at once, each with its field', () => {
    const { problems, field, given, allowed } = defineScheme({
      ...auctionTerms,
      tickets: 1,
      every: 'year' as 'month',
      starts: '2026-02-30',
    })._unsafeUnwrapErr();
    expect([field, given, allowed]).toEqual(['tickets', '1', 'a count from 2 to 10000']);
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['tickets', 'starts', 'every']);
  });

  it.each([
    ['a highest discount below the commission', { maximumBasisPoints: 499n }],
    ['a highest discount that leaves less than the commission', { maximumBasisPoints: 9_501n }],
  ])('are those with %s', (_, part) => {
    expect(fieldsOf({ ...auctionTerms, discount: { ...auctionTerms.discount, ...part } })[0]).toBe(
      'discount.maximumBasisPoints',
    );
  });

  it('are those of a hui with several winners, or of which the winner bears the tax', () => {
    expect(fieldsOf({ ...hui, tickets: 50, winnersPerDraw: 2 })[0]).toBe('winnersPerDraw');
    expect(fieldsOf({ ...hui, state: 'TS', tax: { bearer: 'winner' } })[0]).toBe('tax.bearer');
    expect(fieldsOf(hui)).toEqual([]);
  });

  it.each([
    ['less than all is paid out', [90, 110, 90]],
    ['more than all is paid out', [90, 110, 101]],
    ['a prize comes before its money', [101, 99, 100]],
  ])('are those of a fixed schedule where %s', (_, prizes) => {
    const schedule = (amounts: readonly number[]) => ({
      ...termsWithoutBids,
      subscription: rupees(100),
      tickets: 3,
      instalments: 3,
      commission: { basisPoints: 0n, taken: 'on_top' as const },
      method: {
        type: 'fixed_schedule' as const,
        prizes: amounts.map((amount) => rupees(3 * amount)),
        by: 'lot' as const,
      },
    });
    expect(fieldsOf(schedule(prizes))[0]).toBe('method.prizes');
    expect(fieldsOf(schedule([90, 100, 110]))).toEqual([]);
  });

  it('are those whose winner could not bear the tax of his commission', () => {
    const taxedIncrement = { ...increment, state: 'TS', tax: { bearer: 'winner' as const } };
    expect(fieldsOf(taxedIncrement)).toEqual([]);
    expect(fieldsOf(changed(taxedIncrement, 'method.prizes.24', rupees(24_999)))[0]).toBe('method.prizes.24');
  });
});
