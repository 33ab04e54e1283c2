import type { Instant } from '@holdfast/kernel';
import type { Bid } from '../draw/draw.ts';
import type { Agreement } from '../law/agreement.ts';
import type { Win } from '../settlement/settlement.ts';
import type { Day, SchemeTerms } from '../terms/terms.ts';
import type { SecurityKind } from './prizes/commands.ts';

/** Where a scheme is in its life. */
export type Phase =
  | 'draft'
  | 'submitted'
  | 'rejected'
  | 'sanctioned'
  | 'lapsed'
  | 'registered'
  | 'fully_subscribed'
  | 'running'
  | 'suspended'
  | 'matured'
  | 'terminated_by_consent'
  | 'terminated_by_incapacity'
  | 'completed';

/** One person's part of a ticket. */
export interface Holder {
  readonly person: string;
  readonly parts: number;
}

/** What is open of an instalment of a ticket. Amounts in minor units. */
export interface Arrear {
  readonly instalment: number;
  /** The day on which it was due; interest runs from here once it is late. */
  readonly due: Day;
  /** What the advance has paid for the ticket, and the ticket has not paid back. */
  readonly principal: bigint;
  /** The dividend that was set off in the due: what being late may forfeit. */
  readonly setOff: bigint;
  /** Of a forfeited dividend, what is still to be paid. */
  readonly forfeited: bigint;
  /** Of a forfeited dividend, what was paid and is given again once all is paid (`restore_on_cure`). */
  readonly withheld: bigint;
  /** Interest up to `accruedTo` that is not paid. */
  readonly interest: bigint;
  readonly accruedTo: Day;
  /** The days of grace are over. */
  readonly late: boolean;
}

/** Whether a ticket's holder belongs to the scheme. `open`: nobody holds it yet. `held`: the foreman holds it in a removed subscriber's place. */
export type Membership = 'open' | 'active' | 'defaulted' | 'removed' | 'held' | 'left';

/** How far a ticket's prize is. `declared`: the draw says so. `awaiting`: its money lies ready. `deposited`: it lies apart. */
export type PrizeStatus = 'declared' | 'awaiting' | 'secured' | 'deposited' | 'paid' | 'prepaid' | 'unclaimed';

/** What a ticket has won. */
export interface Prize {
  readonly instalment: number;
  readonly status: PrizeStatus;
  /** In minor units; zero until the instalment is settled. */
  readonly amount: bigint;
  /** When the draw declared it. */
  readonly wonAt: Instant;
  /** When it was put apart. */
  readonly depositedAt?: Instant;
  readonly security?: { readonly kind: SecurityKind; readonly value: bigint; readonly reference: string };
}

/** What has become of the instalments that a prized ticket still owes. */
export type Liability = 'normal' | 'demanded' | 'accelerated' | 'in_dispute' | 'recovered' | 'written_off';

/** A payment that may still be taken back. */
export interface RecentPayment {
  readonly id: string;
  /** In minor units. */
  readonly amount: bigint;
  readonly channel: string;
  readonly on: Day;
}

/** A removed subscriber: who it was, and what lies for him. */
export interface Removal {
  readonly holders: readonly Holder[];
  readonly on: Instant;
  /** Until when he may come back. */
  readonly until: Instant;
  /** What he had contributed: instalments paid, dividends not counted. In minor units. */
  readonly contributed: bigint;
  /** What he owed when he was removed. In minor units. */
  readonly owed: bigint;
  readonly substituted?: boolean;
  readonly refunded?: boolean;
}

/** What being late with an instalment has cost. Amounts in minor units. */
export interface LateCost {
  readonly instalment: number;
  /** Went to the foreman. */
  readonly penalties: bigint;
  /** Went into a pool. */
  readonly carry: bigint;
}

/** One ticket. Tickets win and pay, not persons. */
export interface Ticket {
  readonly membership: Membership;
  /** Nobody while the ticket is open. */
  readonly holders: readonly Holder[];
  readonly prize?: Prize;
  readonly liability: Liability;
  /** When the demand or the notice went out. */
  readonly noticedAt?: Instant;
  /** Oldest first. */
  readonly arrears: readonly Arrear[];
  /** Hui with premiums: what it pays on top since it won. In minor units. */
  readonly premium: bigint;
  /** What its instalments came to so far, net of dividends set off. In minor units. */
  readonly dues: bigint;
  /** Dividends set off or paid in cash so far. In minor units. */
  readonly dividends: bigint;
  readonly payments: readonly RecentPayment[];
  /** What being late has cost: interest and forfeited dividends paid, oldest first. In minor units. */
  readonly costs: readonly LateCost[];
  /** What it secures for other tickets, as `scheme/ticket`: it may not bid. */
  readonly liens?: readonly string[];
  readonly removal?: Removal;
}

/** How far an instalment is. */
export type InstalmentStatus = 'scheduled' | 'adjourned' | 'open' | 'declared' | 'settled';

/** What an instalment came to. Amounts in minor units. */
export interface InstalmentMoney {
  readonly discount: bigint;
  readonly commission: bigint;
  readonly tax: bigint;
  readonly pool: bigint;
  /** All prizes together. */
  readonly prizes: bigint;
  /** All dues together. */
  readonly dues: bigint;
  /** All dividends of this draw together. */
  readonly dividends: bigint;
  readonly carryIn: bigint;
  readonly carryOut: bigint;
  readonly floatIn: bigint;
  readonly floatOut: bigint;
  readonly reserveIn: bigint;
  readonly reserveOut: bigint;
  /** What later draws of it added to the carry, below zero where they took from it. */
  readonly redrawn: bigint;
}

/** A prize that was declared void. Amounts in minor units. */
export interface VoidedPrize {
  readonly ticket: number;
  readonly discount: bigint;
  readonly amount: bigint;
}

/** One instalment that was begun. */
export interface Instalment {
  readonly status: InstalmentStatus;
  /** Counts its draws, from 1: a redraw is the second. */
  readonly sequence: number;
  readonly wins: readonly Win[];
  readonly declaredAt?: Instant;
  /** What the settlement came to; of the first one where it was drawn anew. */
  readonly money?: InstalmentMoney;
  /** The days of grace are over and late tickets are marked. */
  readonly overdue?: boolean;
  readonly minutes?: 'recorded' | 'filed';
  /** Prizes that were declared void after the settlement: what lies ready for the next winners. In minor units. */
  readonly voided?: readonly VoidedPrize[];
}

/** A sealed bid. */
export interface CommittedBid {
  readonly ticket: number;
  readonly commitment: string;
  /** Once it was revealed. */
  readonly bid?: Bid;
}

/** A draw that is open. */
export interface OpenedDraw {
  readonly instalment: number;
  readonly sequence: number;
  readonly openedAt: Instant;
  /** No bid is taken from here on. */
  readonly closesAt?: Instant;
  readonly ended: boolean;
  readonly commitment?: string;
  readonly present: readonly string[];
  /** The next bid's sequence. */
  readonly next: number;
  /** Of each ticket its highest bid. */
  readonly bids: readonly Bid[];
  readonly sealed: readonly CommittedBid[];
}

/** A scheme as its record keeps it. Amounts in minor units of the terms' currency. */
export interface Chit {
  readonly phase: Phase;
  readonly foreman: string;
  readonly terms: SchemeTerms;
  /** Until the scheme commences; the journal keeps it for ever. */
  readonly agreement?: Agreement;
  readonly sanction?: { readonly order: string; readonly on: Day; readonly lapsesOn: Day; readonly extended: boolean };
  readonly registration?: string;
  readonly certificate?: string;
  /** The ticket that takes the foreman's instalment, and wins in no other one. */
  readonly companyTicket?: number;
  /** In the order of their numbers, from 1. */
  readonly tickets: readonly Ticket[];
  /** Those that were begun, in the order of their numbers, from 1. */
  readonly instalments: readonly Instalment[];
  readonly draw?: OpenedDraw;
  /** Left over from sharing; below zero where a redraw gave less to share than was shared. */
  readonly carry: bigint;
  readonly reserve: bigint;
  /** Each ticket's dividend that waits for the next instalment; empty for none. */
  readonly float: readonly bigint[];
  /** Each ticket's dividend set off in the newest settled instalment; empty for none. */
  readonly setOff: readonly bigint[];
  /** Taken by the foreman so far. */
  readonly taken: { readonly commission: bigint; readonly tax: bigint; readonly penalties: bigint };
  /** Interest and forfeited dividends that went to the foreman, so far. */
  readonly penalties: bigint;
}
