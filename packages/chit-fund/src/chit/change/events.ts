import type { FreeText, Instant, TextReference, Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Credited } from '../payments/events.ts';
import type { Arrear, Holder, Removal } from '../state.ts';

/** What changes about a running scheme. */
export type ChangeEvent =
  | {
      readonly type: 'TicketTransferred';
      readonly ticket: number;
      readonly from: readonly Holder[];
      readonly holders: readonly Holder[];
      readonly deed: string;
    }
  | {
      readonly type: 'DeathRecorded';
      readonly person: string;
      readonly nominee: string;
      readonly tickets: readonly number[];
    }
  | { readonly type: 'LienLaid'; readonly ticket: number; readonly secures: string }
  | { readonly type: 'LienLifted'; readonly ticket: number; readonly secures: string }
  | { readonly type: 'SchemeSuspended'; readonly why: FreeText | TextReference }
  | { readonly type: 'SchemeResumed' }
  | { readonly type: 'ForemanSucceeded'; readonly from: string; readonly foreman: string }
  | {
      readonly type: 'SubscriberLeft';
      readonly ticket: number;
      readonly foreman: string;
      readonly removal: Removal;
      /** What lies for who has left. */
      readonly deposit: Money;
      readonly kept: Money;
      /** What the foreman has paid for the ticket. */
      readonly paid: Money;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'SchemeTerminated';
      readonly by: 'consent' | 'incapacity';
      readonly at: Instant;
      readonly why?: FreeText | TextReference;
      readonly consents?: readonly string[];
      /** What lies for each who has not won, in minor units, and how he leaves. */
      readonly claims: readonly { readonly ticket: number; readonly claim: bigint; readonly removal: Removal }[];
      /** What each who has won still owes, due at once. */
      readonly owed: readonly { readonly ticket: number; readonly arrear: Arrear }[];
      /** What tickets had as credit, or got as dividends that wait, and what it paid. */
      readonly credited: readonly Credited[];
      readonly transfers: readonly Transfer[];
    };
