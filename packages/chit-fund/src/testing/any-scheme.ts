import { inr, type Money, money } from '@holdfast/money';
import * as fc from 'fast-check';
import type { HowWon, Win } from '../settlement/settlement.ts';
import { defineScheme } from '../terms/define-scheme.ts';
import { commissionOfWinner, grossPrizeOf, hasBids } from '../terms/derive.ts';
import type { Method, Scheme, SchemeTerms } from '../terms/terms.ts';

/** A scheme with the winners of all its draws and a tax for each instalment. */
export interface SchemeLife {
  readonly scheme: Scheme;
  readonly draws: readonly (readonly Win[])[];
  /** In basis points, one for each instalment. */
  readonly taxes: readonly bigint[];
}

/** Which schemes to generate. */
export interface AnySchemeOptions {
  readonly methods?: readonly Method['type'][];
  /** The most instalments, 8 unless given. */
  readonly instalments?: number;
}

const everyMethod: readonly Method['type'][] = [
  'open_auction',
  'sealed_auction',
  'lot',
  'fixed_order',
  'fixed_increment',
  'fixed_schedule',
  'hui_discount',
  'hui_premium',
];
const rupees = (minor: bigint): Money => money(minor, inr);

/**
 * Generates schemes of every method: odd amounts, units from a minor unit to the subscription, several winners, company
 * chits, taxes.
 *
 * @param options - Which methods, and how long.
 * @returns Schemes whose terms hold together.
 */
export function anyScheme(options: AnySchemeOptions = {}): fc.Arbitrary<Scheme> {
  return anyTerms(options).map((terms) => {
    const scheme = defineScheme(terms);
    if (scheme.isErr()) throw new Error(`A generated scheme is refused: ${scheme.error.problems.join(' ')}`);
    return scheme.value;
  });
}

/**
 * Generates schemes with the winners of all their draws.
 *
 * @param options - Which methods, and how long.
 * @returns Whole lives; each ticket wins once.
 */
export function anySchemeLife(options: AnySchemeOptions = {}): fc.Arbitrary<SchemeLife> {
  return anyScheme(options).chain((scheme) => {
    const { tickets, instalments } = scheme.terms;
    const numbers = Array.from({ length: tickets }, (_, index) => index + 1);
    return fc
      .record({
        order: fc.shuffledSubarray(numbers, { minLength: tickets }),
        bids: fc.array(fc.oneof(fc.constantFrom(0n, 1_000_000n), anyPart), { minLength: tickets, maxLength: tickets }),
        taxes: fc.array(fc.constantFrom(0n, 1_200n, 1_800n, 5_000n), {
          minLength: instalments,
          maxLength: instalments,
        }),
      })
      .map(({ order, bids, taxes }) => ({ scheme, draws: drawsOf(scheme, order, bids), taxes }));
  });
}

const PARTS = 1_000_000n;
const anyPart = fc.bigInt({ min: 0n, max: PARTS });

function drawsOf(scheme: Scheme, order: readonly number[], bids: readonly bigint[]): readonly (readonly Win[])[] {
  const { instalments, companyChit, method } = scheme.terms;
  const count = scheme.winnersPerDraw;
  return Array.from({ length: instalments }, (_, index) =>
    order.slice(index * count, (index + 1) * count).map((ticket, place): Win => {
      if (companyChit?.instalment === index + 1 && place === 0) return { ticket, how: 'company_chit', discount: 0n };
      const how: HowWon = scheme.discount === undefined ? 'order' : 'bid';
      if (scheme.discount === undefined) {
        return { ticket, how, discount: 'discount' in method ? method.discount.minor : 0n };
      }
      const { least, most } = scheme.discount;
      return { ticket, how, discount: least + ((most - least) * (bids[ticket - 1] ?? 0n)) / PARTS };
    }),
  );
}

/**
 * Generates terms that hold together.
 *
 * @param options - Which methods, and how long.
 * @returns Terms in Indian rupees.
 */
export function anyTerms(options: AnySchemeOptions = {}): fc.Arbitrary<SchemeTerms> {
  const { methods = everyMethod, instalments = 8 } = options;
  return fc
    .record({
      type: fc.constantFrom(...methods),
      subscription: fc.oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: 5_000_000n })),
      instalments: fc.integer({ min: 2, max: instalments }),
      winners: fc.constantFrom(1, 1, 1, 2, 3),
      commission: fc.constantFrom(0n, 1n, 333n, 500n, 700n, 701n, 2_500n),
      taken: fc.constantFrom('from_discount' as const, 'on_top' as const),
      maximum: fc.bigInt({ min: 2_500n, max: 7_500n }),
      lag: fc.constantFrom(0 as const, 1 as const),
      among: fc.constantFrom('all' as const, 'others' as const, 'living' as const),
      unitPart: fc.constantFrom(1n, 7n, 100n, 1_000n, 0n),
      companyChit: fc.option(fc.record({ instalment: fc.nat(), commission: fc.boolean() }), { nil: undefined }),
      bearer: fc.constantFrom(undefined, 'winner' as const, 'subscribers' as const, 'foreman' as const),
      part: anyPart,
      seeds: fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { minLength: instalments, maxLength: instalments }),
      every: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    })
    .map(termsOf);
}

/** What a scheme is made of. */
interface Drawn {
  readonly type: Method['type'];
  readonly subscription: bigint;
  readonly instalments: number;
  readonly winners: number;
  readonly commission: bigint;
  readonly taken: 'from_discount' | 'on_top';
  readonly maximum: bigint;
  readonly lag: 0 | 1;
  readonly among: 'all' | 'others' | 'living';
  readonly unitPart: bigint;
  readonly companyChit: { instalment: number; commission: boolean } | undefined;
  readonly bearer: 'winner' | 'subscribers' | 'foreman' | undefined;
  readonly part: bigint;
  readonly seeds: readonly bigint[];
  readonly every: 'day' | 'week' | 'month';
}

function termsOf(drawn: Drawn): SchemeTerms {
  const { type, subscription, instalments } = drawn;
  const hui = type === 'hui_discount' || type === 'hui_premium';
  const fixed = type === 'fixed_increment' || type === 'fixed_schedule';
  const winners = hui ? 1 : drawn.winners;
  const taken = hui || fixed ? 'on_top' : drawn.taken;
  const unit = drawn.unitPart === 0n || drawn.unitPart > subscription ? subscription : drawn.unitPart;
  const bearer = hui && drawn.bearer === 'winner' ? 'foreman' : drawn.bearer;
  const base: SchemeTerms = {
    name: 'Any scheme',
    method: { type: 'open_auction' },
    subscription: rupees(subscription),
    tickets: instalments * winners,
    instalments,
    winnersPerDraw: winners,
    starts: '2024-01-31',
    every: drawn.every,
    dueAfterDays: 3,
    state: 'TS',
    commission: { basisPoints: drawn.commission, taken },
    dividend: { lag: hui ? 0 : drawn.lag, among: drawn.among, unit: rupees(unit) },
    ...(drawn.companyChit === undefined || fixed
      ? {}
      : {
          companyChit: {
            instalment: (drawn.companyChit.instalment % instalments) + 1,
            commission: drawn.companyChit.commission,
          },
        }),
    ...(bearer === undefined ? {} : { tax: { bearer } }),
    late: { graceDays: 2, interestBasisPoints: 1_200n, by: 'actual_365', forfeit: 'nothing', first: 'principal' },
  };
  const method = methodOf(base, drawn);
  const discount = {
    maximumBasisPoints: drawn.maximum,
    minimum: taken === 'from_discount' && !hui ? ('commission' as const) : ('nothing' as const),
    step: rupees(1n),
    tie: 'lot' as const,
    noBids: 'lot' as const,
  };
  return { ...base, method, ...(hasBids(method) ? { discount } : {}) };
}

function methodOf(terms: SchemeTerms, { type, part, seeds }: Drawn): Method {
  const order = Array.from({ length: terms.tickets }, (_, index) => terms.tickets - index);
  const least = terms.commission.taken === 'from_discount' ? commissionOfWinner(terms) : 0n;
  const most = grossPrizeOf(terms) - commissionOfWinner(terms);
  const agreed = rupees(least + ((most - least) * part) / PARTS);
  switch (type) {
    case 'lot':
      return { type, discount: agreed };
    case 'fixed_order':
      return { type, order, discount: agreed };
    case 'fixed_increment':
      return { type, prizes: risingPrizes(terms, seeds), by: 'lot' };
    case 'fixed_schedule':
      return { type, prizes: risingPrizes(terms, seeds), by: order };
    default:
      return { type };
  }
}

/** Prizes that rise and sum to all that is collected, so that a reserve covers them. */
function risingPrizes(terms: SchemeTerms, seeds: readonly bigint[]): readonly Money[] {
  const gross = grossPrizeOf(terms);
  const half = Math.floor(terms.instalments / 2);
  const room = gross - commissionOfWinner(terms) - 1n;
  const prizes = Array<bigint>(terms.instalments).fill(gross);
  for (let index = 0; index < half; index += 1) {
    const less = room > 0n ? (room * (seeds[index] ?? 0n)) / 2_000n : 0n;
    prizes[index] = gross - less;
    prizes[terms.instalments - 1 - index] = gross + less;
  }
  return prizes.map(rupees);
}
