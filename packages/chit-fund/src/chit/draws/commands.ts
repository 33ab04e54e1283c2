import type { Money } from '@holdfast/money';
import type { BidNotation } from '../../draw/read-bid.ts';

/** Opens the draw of the next instalment, or again one that was adjourned or is drawn anew. */
export interface OpenDraw {
  readonly type: 'OpenDraw';
  readonly instalment: number;
  /** SHA-256 of the seed of lots, in hex. Needed wherever a lot may have to decide. */
  readonly commitment?: string;
  /** Persons present, in the room or by recorded video. */
  readonly present: readonly string[];
  /** How a recording of the draw is found. */
  readonly recording?: string;
  /** For how many minutes bids are taken; until the draw is closed where absent. */
  readonly minutes?: number;
}

/** Bids in the open. */
export interface PlaceBid {
  readonly type: 'PlaceBid';
  readonly ticket: number;
  readonly bid: BidNotation;
  /** Of a ticket in parts: the other holders who agree. */
  readonly consenting?: readonly string[];
}

/** Hands in a sealed bid: only its commitment. */
export interface CommitBid {
  readonly type: 'CommitBid';
  readonly ticket: number;
  /** SHA-256 of the sealed bid, in hex. */
  readonly commitment: string;
}

/** Opens a sealed bid, while the draw is open. */
export interface RevealBid {
  readonly type: 'RevealBid';
  readonly ticket: number;
  readonly discount: Money;
  /** What was hashed with the bid, in hex. */
  readonly salt: string;
}

/** What the clock asks for when the minutes of a draw are over: no bid is taken from then on. */
export interface EndBidding {
  readonly type: 'EndBidding';
}

/** Closes the draw and finds the winners. */
export interface CloseDraw {
  readonly type: 'CloseDraw';
  /** The seed of lots, in hex; needed where a lot decides. */
  readonly seed?: string;
  /** What those present named after the commitment was published. */
  readonly words?: readonly string[];
}

/** Why a draw is put off. */
export type AdjournReason = 'no_quorum' | 'not_held' | 'nobody_eligible' | 'too_few_eligible' | 'no_bids' | 'ordered';

/** Puts a draw off: nobody came, or it could not be held. */
export interface AdjournDraw {
  readonly type: 'AdjournDraw';
  readonly instalment: number;
  readonly why: AdjournReason;
}

/** Puts the minutes of a draw on record. */
export interface RecordMinutes {
  readonly type: 'RecordMinutes';
  readonly instalment: number;
  /** Persons who signed, the foreman among them. */
  readonly signedBy: readonly string[];
}

/** Notes that the minutes were filed with the registrar. */
export interface FileMinutes {
  readonly type: 'FileMinutes';
  readonly instalment: number;
}

/** Declares a result void where the winner fails: the prize was not collected for two months, or a payment bounced that let him bid. */
export interface VoidDraw {
  readonly type: 'VoidDraw';
  readonly instalment: number;
  readonly ticket: number;
  readonly why: 'uncollected' | 'payment_reversed' | 'dispute';
}

/** The commands of draws. */
export type DrawCommand =
  | OpenDraw
  | PlaceBid
  | CommitBid
  | RevealBid
  | EndBidding
  | CloseDraw
  | AdjournDraw
  | RecordMinutes
  | FileMinutes
  | VoidDraw;
