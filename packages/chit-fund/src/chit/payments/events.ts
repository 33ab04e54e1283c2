import type { FreeText, TextReference, Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Day } from '../../terms/terms.ts';
import type { Arrear, InstalmentMoney } from '../state.ts';

/** What money paid of one instalment's arrear. Amounts in minor units. */
export interface Cleared {
  readonly instalment: number;
  readonly due: Day;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly forfeited: bigint;
  /** Nothing of it is open any more. */
  readonly closed: boolean;
}

/** What became of money that came to a ticket: arrears first, the rest is credit. Amounts in minor units. */
export interface Credited {
  readonly ticket: number;
  readonly amount: bigint;
  readonly cleared: readonly Cleared[];
  /** What is open afterwards. */
  readonly arrears: readonly Arrear[];
  /** Interest and forfeited dividends that went to the foreman. */
  readonly penalties: bigint;
  /** Forfeited dividends that join the next pool. */
  readonly carry: bigint;
  /** A dividend that was given again. */
  readonly restored: bigint;
  /** What is left as credit. */
  readonly credit: bigint;
}

/** What one ticket owed for an instalment that was settled. Amounts in minor units. */
export interface TicketDue {
  readonly ticket: number;
  readonly due: bigint;
  /** Taken from the ticket's credit. */
  readonly covered: bigint;
  /** The dividend that was set off in it. */
  readonly setOff: bigint;
}

/** What happens with payments. */
export type PaymentEvent =
  | {
      readonly type: 'PaymentReceived';
      readonly payment: string;
      readonly amount: Money;
      readonly channel: string;
      readonly on: Day;
      readonly credited: Credited;
      /** Payments that can no longer be taken back. */
      readonly settledBefore: Day;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'PaymentReversed';
      readonly ticket: number;
      readonly payment: string;
      readonly amount: Money;
      readonly channel: string;
      readonly why: 'bounced' | 'charged_back' | 'mistaken';
      readonly arrears: readonly Arrear[];
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'InstalmentSettled';
      readonly instalment: number;
      readonly sequence: number;
      readonly on: Day;
      readonly due: Day;
      readonly money: InstalmentMoney;
      readonly dues: readonly TicketDue[];
      readonly prizes: readonly { readonly ticket: number; readonly prize: bigint }[];
      /** Each ticket's dividend of this draw; empty where the draw gave none. */
      readonly dividends: readonly bigint[];
      /** The last instalment: dividends that have no next one to be set off against. */
      readonly terminal: readonly Credited[];
      readonly matured: boolean;
      readonly transfers: readonly Transfer[];
    }
  /** An instalment that was drawn anew: only the prize moves, and what it differs by joins the carry. */
  | {
      readonly type: 'RedrawSettled';
      readonly instalment: number;
      readonly sequence: number;
      readonly prizes: readonly { readonly ticket: number; readonly prize: bigint }[];
      /** What lay ready less what is won now: joins the carry, below zero where the new prize is larger. */
      readonly difference: bigint;
      readonly matured: boolean;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'InstalmentOverdue';
      readonly instalment: number;
      readonly late: readonly { readonly ticket: number; readonly forfeited: bigint }[];
    }
  | {
      readonly type: 'DividendRestored';
      readonly ticket: number;
      readonly instalment: number;
      readonly why: FreeText | TextReference;
      readonly credited: Credited;
      /** Taken back from what the foreman had, and from the next pool. */
      readonly fromPenalties: bigint;
      readonly fromCarry: bigint;
      /** Of the penalties, what the foreman had taken and gave back. */
      readonly taken: bigint;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'CreditReturned';
      readonly ticket: number;
      readonly amount: Money;
      readonly channel: string;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'ArrearsWrittenOff';
      readonly ticket: number;
      readonly why: FreeText | TextReference;
      /** Principal that the foreman bears. */
      readonly amount: Money;
      /** Forfeited dividends that were withheld and go to the foreman, in minor units. */
      readonly withheld: bigint;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'IncomeTaken';
      readonly commission: Money;
      readonly tax: Money;
      readonly penalties: Money;
      readonly transfers: readonly Transfer[];
    }
  /** What was left of sharing is shared once nothing is owed any more. */
  | {
      readonly type: 'RemainderShared';
      readonly amount: Money;
      /** Each ticket's share, in the order of their numbers, in minor units. */
      readonly shares: readonly bigint[];
      readonly transfers: readonly Transfer[];
    };
