import type { Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** What happens at the end of a scheme. */
export type ClosingEvent =
  | {
      readonly type: 'SchemeCompleted';
      /** What the foreman takes with the end, in minor units. */
      readonly taken: { readonly commission: bigint; readonly tax: bigint; readonly penalties: bigint };
      readonly transfers: readonly Transfer[];
    }
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
