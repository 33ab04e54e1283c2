import type { Scheme } from '../terms/terms.ts';

/** How an instalment's winners were found. */
export type HowWon = 'company_chit' | 'bid' | 'lot' | 'sole' | 'order';

/** One winner of an instalment. */
export interface Win {
  /** A ticket's number, from 1. */
  readonly ticket: number;
  readonly how: HowWon;
  /** What the winner forgoes, in minor units; in a hui the bid. */
  readonly discount: bigint;
}

/** What a ticket's past says about its dues. */
export interface TicketStanding {
  readonly ticket: number;
  /** Won in an earlier instalment. */
  readonly prized: boolean;
  /** Hui with premiums: what it pays on top since it won. In minor units. */
  readonly premium: bigint;
}

/** What an instalment is settled from; what the draw and the record say, never raw input. Amounts in minor units of the scheme's currency. */
export interface SettlementInput {
  readonly scheme: Scheme;
  /** From 1. */
  readonly instalment: number;
  /** As many as win a draw, each a ticket that has not won. */
  readonly wins: readonly Win[];
  /** All tickets in the order of their numbers, as before this instalment. */
  readonly tickets: readonly TicketStanding[];
  readonly carryIn: bigint;
  /** The reserve of a fixed schedule before this instalment. */
  readonly reserveIn: bigint;
  /** Lag 1: each ticket's dividend of the instalment before; empty for none. Never more than the subscription. */
  readonly setOff: readonly bigint[];
  /** Tax on the commission in basis points, as of the day of supply; 0n for none. */
  readonly taxBasisPoints: bigint;
}

/** What an instalment comes to. Lists have one place for each ticket, in the order of their numbers; amounts in minor units. */
export interface Settlement {
  readonly instalment: number;
  /** All discounts of the instalment. */
  readonly discount: bigint;
  /** What the foreman takes, his tax included where he bears it. */
  readonly commission: bigint;
  /** On the commission; out of it, out of the prizes or on top of the dues, by its bearer. */
  readonly tax: bigint;
  /** The discounts less the commission where it is taken from them: what is shared, before the carry. */
  readonly pool: bigint;
  /** What each ticket pays beside its subscription: commission and tax on top; in a hui its premium. */
  readonly onTop: readonly bigint[];
  /** Each ticket's dividend of this draw, never more than the subscription: what is over is carried. */
  readonly dividends: readonly bigint[];
  /** What each ticket pays for this instalment: subscription, what comes on top, less what is set off. Never below zero. */
  readonly dues: readonly bigint[];
  /** What each winner gets, less tax where the winner bears it. */
  readonly prizes: readonly { readonly ticket: number; readonly prize: bigint }[];
  /** What could not be shared; at the end of the scheme `shareRemainder` shares it. */
  readonly carryOut: bigint;
  readonly reserveOut: bigint;
  /** Dividends declared and not yet set off (lag 1). */
  readonly floatOut: bigint;
}
