import type { Instant, Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Day } from '../../terms/terms.ts';
import type { Holder, Liability, Removal } from '../state.ts';

/** What happens with those who do not pay. */
export type DefaultEvent =
  | { readonly type: 'DefaultDeclared'; readonly ticket: number }
  | {
      readonly type: 'SubscriberRemoved';
      readonly ticket: number;
      readonly notice: string;
      readonly removal: Removal;
    }
  | { readonly type: 'SubscriberReinstated'; readonly ticket: number }
  | {
      readonly type: 'SubscriberSubstituted';
      readonly ticket: number;
      readonly holders: readonly Holder[];
      readonly on: Day;
      readonly channel: string;
      /** What the substitute paid: all instalments so far. */
      readonly paid: Money;
      /** What lies for the defaulter now. */
      readonly deposit: Money;
      /** What was kept of his contributions: interest, and the deduction as far as they reach. */
      readonly kept: Money;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'VacantTicketHeld';
      readonly ticket: number;
      readonly foreman: string;
      /** What lies for the defaulter now. */
      readonly deposit: Money;
      readonly kept: Money;
      /** What the foreman has paid for the ticket. */
      readonly paid: Money;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'DefaulterRefunded';
      readonly ticket: number;
      readonly amount: Money;
      readonly channel: string;
      readonly persons: readonly string[];
      readonly transfers: readonly Transfer[];
    }
  | { readonly type: 'FutureDemanded'; readonly ticket: number; readonly notice: string; readonly at: Instant }
  | { readonly type: 'LiabilityAccelerated'; readonly ticket: number; readonly amount: Money }
  | {
      readonly type: 'DefaultCured';
      readonly ticket: number;
      readonly liability: Extract<Liability, 'normal' | 'recovered'>;
    }
  | { readonly type: 'DisputeOpened'; readonly ticket: number; readonly reference: string }
  | {
      readonly type: 'DisputeClosed';
      readonly ticket: number;
      readonly award: 'recover' | 'reinstate' | 'write_off';
      /** Of a write-off: principal that the foreman bears, and withheld dividends that go to him, in minor units. */
      readonly written: { readonly principal: bigint; readonly withheld: bigint };
      readonly transfers: readonly Transfer[];
    };
