import type { Scheme } from '../terms/terms.ts';
import type { RandomSource } from './random-source.ts';

/** What a model of bidders is asked about. */
export interface Situation {
  readonly scheme: Scheme;
  /** From 1. */
  readonly instalment: number;
  /** 1, or more where the draw was adjourned before. */
  readonly sequence: number;
  /** The tickets that may win. */
  readonly eligible: readonly number[];
  readonly random: RandomSource;
}

/** How much a ticket's holder would forgo at most to win now, in minor units; nothing to bid where it is less than the lowest discount. */
export interface Valuation {
  readonly ticket: number;
  readonly discount: bigint;
}

/** A model of the bidders: what winning now is worth to each of them. A ticket without a valuation does not bid. */
export type BidModel = (situation: Situation) => readonly Valuation[];
