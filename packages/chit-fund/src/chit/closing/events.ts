import type { Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** What happens at the end of a scheme. */
export type ClosingEvent =
  | { readonly type: 'SchemeCompleted'; readonly transfers: readonly Transfer[] }
  | {
      readonly type: 'UnclaimedDeposited';
      readonly ticket: number;
      readonly amount: Money;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'UnclaimedPaid';
      readonly ticket: number;
      readonly amount: Money;
      readonly channel: string;
      readonly transfers: readonly Transfer[];
    };
