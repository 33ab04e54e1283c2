import { inr, type Money, money } from '@holdfast/money';
import * as fc from 'fast-check';
import { grossPrizeOf } from '../terms/derive.ts';
import type { LateTerms, Method, SchemeTerms } from '../terms/terms.ts';
import { anyTerms } from './any-scheme.ts';

/** A scheme and how its life goes. */
export interface AnyLife {
  readonly terms: SchemeTerms;
  /** Decides what is left to chance. */
  readonly seed: number;
  /** Whether it may end early. */
  readonly terminates: boolean;
}

/** Generates what being late costs. */
export function anyLateTerms(): fc.Arbitrary<LateTerms> {
  return fc.record({
    graceDays: fc.constantFrom(0, 2, 5),
    interestBasisPoints: fc.constantFrom(0n, 1_200n, 2_400n),
    by: fc.constantFrom('actual_365', 'month'),
    forfeit: fc.constantFrom('nothing', 'foreman', 'pool', 'restore_on_cure'),
    first: fc.constantFrom('interest', 'principal'),
  });
}

/** Generates schemes of every method outside of the Act, each with a life. */
export function anyLife(): fc.Arbitrary<AnyLife> {
  return anyCourse(anyTerms({ instalments: 5 })).map(({ terms: { state: _state, ...terms }, ...life }) => {
    const { tax } = terms;
    const rates = [{ from: '2000-01-01', basisPoints: 1_800n }];
    return { ...life, terms: tax ? { ...terms, tax: { ...tax, rates } } : terms };
  });
}

/** Generates schemes of every method that the Act knows, within its limits, each with a life. */
export function anyLifeUnderAct(): fc.Arbitrary<AnyLife> {
  return anyCourse(anyTerms({ instalments: 5, methods: METHODS_OF_ACT }).map(withinLimits));
}

function anyCourse(anyOfThem: fc.Arbitrary<SchemeTerms>): fc.Arbitrary<AnyLife> {
  return fc
    .record({
      terms: anyOfThem,
      late: anyLateTerms(),
      noBids: fc.constantFrom('lot' as const, 'adjourn' as const),
      terminates: fc.constantFrom(false, false, true),
      deduction: fc.constantFrom(undefined, 0n, 333n, 10_000n),
      seed: fc.integer({ min: 1, max: 1_000_000_000 }),
    })
    .map(({ terms: { discount, ...rest }, late, noBids, terminates, deduction, seed }) => {
      const bids = discount && { discount: { ...discount, noBids } };
      const custom =
        deduction === undefined
          ? {}
          : { custom: { vacantDeduction: [{ from: '2024-02-15', basisPoints: deduction }] } };
      return { terms: { ...rest, ...bids, ...custom, late }, terminates, seed };
    });
}

/** Brings terms within the limits of 2024: 7 percent of commission, 40 percent of discount, no prize above the gross chit amount, dividends to all. */
function withinLimits(terms: SchemeTerms): SchemeTerms {
  const { method, commission, dividend, discount } = terms;
  const whole = grossPrizeOf(terms);
  const least = (whole * 6_000n + 9_999n) / 10_000n;
  const most = discount && {
    discount: { ...discount, maximumBasisPoints: lesser(discount.maximumBasisPoints, 4_000n) },
  };
  return {
    ...terms,
    ...most,
    commission: { ...commission, basisPoints: lesser(commission.basisPoints, 700n) },
    dividend: { ...dividend, among: 'all' },
    method: lawful(method, { least, whole }),
  };
}

/** A schedule that pays nobody more than the whole pays everybody that: it uses up what it collects. */
function lawful(method: Method, { least, whole }: { readonly least: bigint; readonly whole: bigint }): Method {
  const amount = (minor: bigint): Money => money(minor, inr);
  switch (method.type) {
    case 'lot':
    case 'fixed_order':
      return { ...method, discount: amount(lesser(method.discount.minor, whole - least)) };
    case 'fixed_increment':
      return {
        ...method,
        prizes: method.prizes.map(({ minor }) => amount(minor < least ? least : lesser(minor, whole))),
      };
    case 'fixed_schedule':
      return { ...method, prizes: method.prizes.map(() => amount(whole)) };
    default:
      return method;
  }
}

function lesser(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

/** A hui gives dividends to those alone who have not won, or prizes above the gross chit amount. */
const METHODS_OF_ACT = [
  'open_auction',
  'sealed_auction',
  'lot',
  'fixed_order',
  'fixed_increment',
  'fixed_schedule',
] as const;

/** Gives the same few lives for the same seed, by turns outside of the Act and under it. */
export function sampleLives(count: number, seed: number): readonly AnyLife[] {
  const [outside, under] = [anyLife(), anyLifeUnderAct()].map((lives) => fc.sample(lives, { numRuns: count, seed }));
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? outside : under)?.[index] as AnyLife);
}
