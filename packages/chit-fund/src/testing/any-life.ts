import * as fc from 'fast-check';
import type { LateTerms, SchemeTerms } from '../terms/terms.ts';
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

/** Generates schemes of every method outside of the Act, whose limits random terms would not keep, each with a life. */
export function anyLife(): fc.Arbitrary<AnyLife> {
  return fc
    .record({
      terms: anyTerms({ instalments: 5 }),
      late: anyLateTerms(),
      noBids: fc.constantFrom('lot' as const, 'adjourn' as const),
      terminates: fc.constantFrom(false, false, true),
      seed: fc.integer({ min: 1, max: 1_000_000_000 }),
    })
    .map(({ terms: drawn, late, noBids, terminates, seed }) => {
      const { state: _state, tax, discount, ...rest } = drawn;
      const taxed = tax && { tax: { ...tax, rates: [{ from: '2000-01-01', basisPoints: 1_800n }] } };
      const bids = discount && { discount: { ...discount, noBids } };
      return { terms: { ...rest, ...bids, ...taxed, late }, terminates, seed };
    });
}

/** Gives the same few lives for the same seed. */
export function sampleLives(count: number, seed: number): readonly AnyLife[] {
  return fc.sample(anyLife(), { numRuns: count, seed });
}
