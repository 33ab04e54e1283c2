import type { Win } from '../settlement/settlement.ts';
import type { Scheme } from '../terms/terms.ts';

/** A bid as the server took it. */
export interface Bid {
  readonly ticket: number;
  /** The discount in minor units of the scheme's currency. */
  readonly discount: bigint;
  /** The server's own count of this draw's bids, from 1: decides who was first. A sealed bid has that of its commitment. */
  readonly sequence: number;
}

/** Whose turn a draw is. Tickets in ascending order. */
export interface DrawSetting {
  readonly scheme: Scheme;
  /** From 1. */
  readonly instalment: number;
  /** The tickets that have not won in an instalment before, those in default among them. */
  readonly unprized: readonly number[];
  /** Those of them that may win now. */
  readonly eligible: readonly number[];
  /** The foreman's ticket that takes the company chit: needed up to its instalment, and wins in no draw before. */
  readonly foremanTicket?: number;
}

/** What a lot is drawn from: fixed and published before anybody could know what it would be drawn for. */
export interface LotSource {
  /** What `commitLot` gave for the seed, as it was published. */
  readonly commitment: string;
  /** 32 bytes in lower-case hex, kept secret until the draw is closed. */
  readonly seed: string;
  /** What those present named after the commitment was published, so that nobody could have known the lot; none where absent. */
  readonly words?: readonly string[];
}

/** A lot that anyone can replay: the seed was committed to before the draw, the list of tickets is written down, the algorithm has a version. */
export interface Lot {
  readonly algorithm: 'sha256-rejection-1';
  /** SHA-256 of the seed, in hex, published before bids were taken. */
  readonly commitment: string;
  /** The seed, in hex, made known when the lot is drawn. */
  readonly seed: string;
  /** What those present named after the commitment was published. */
  readonly words: readonly string[];
  /** Says which draw of the seed this is: `scheme/instalment/sequence/purpose`. */
  readonly context: string;
  /** The tickets among which it was drawn, in ascending order. */
  readonly among: readonly number[];
  /** The tickets drawn, the first one first. */
  readonly drawn: readonly number[];
}

/** What a closed draw says. */
export type DrawResult =
  /** All winners of the instalment. `tied`: those that bid the same where not all of them could win; empty where there was no tie. */
  | { readonly result: 'won'; readonly wins: readonly Win[]; readonly tied: readonly number[]; readonly lot?: Lot }
  /** Nobody may win, or fewer than win in one draw; nobody bid where the agreement adjourns; too few were present. */
  | {
      readonly result: 'adjourned';
      readonly why: 'nobody_eligible' | 'too_few_eligible' | 'no_bids' | 'no_quorum';
    };
