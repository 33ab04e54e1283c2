import type { Win } from '../settlement/settlement.ts';

/** A bid as the server took it. */
export interface Bid {
  readonly ticket: number;
  /** The discount in minor units of the scheme's currency. */
  readonly discount: bigint;
  /** The server's own count of this draw's bids, from 1: decides who was first. */
  readonly sequence: number;
}

/** A lot that anyone can replay: the seed was committed to before the draw, the list of tickets is written down, the algorithm has a version. */
export interface Lot {
  readonly algorithm: 'sha256-rejection-1';
  /** SHA-256 of the seed, in hex, published before bids were taken. */
  readonly commitment: string;
  /** The seed, in hex, made known when the lot is drawn. */
  readonly seed: string;
  /** Says which draw of the seed this is: `scheme/instalment/sequence/purpose`. */
  readonly context: string;
  /** The tickets among which it was drawn, in ascending order. */
  readonly among: readonly number[];
  readonly drawn: readonly number[];
}

/** What a closed draw says. */
export type DrawResult =
  | { readonly result: 'won'; readonly wins: readonly Win[]; readonly tied: readonly number[]; readonly lot?: Lot }
  /** Nobody may win, or nobody bid where the agreement adjourns. */
  | { readonly result: 'adjourned'; readonly why: 'nobody_eligible' | 'no_bids' | 'no_quorum' };
