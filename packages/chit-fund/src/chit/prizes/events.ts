import type { Instant, Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Credited } from '../payments/events.ts';
import type { SecurityKind } from './commands.ts';

/** What happens with prizes. */
export type PrizeEvent =
  | {
      readonly type: 'SecurityGiven';
      readonly ticket: number;
      readonly kind: SecurityKind;
      readonly value: Money;
      readonly reference: string;
    }
  | {
      readonly type: 'PrizePaid';
      readonly ticket: number;
      readonly instalment: number;
      readonly amount: Money;
      readonly channel: string;
      /** What each holder of the ticket got, in the order of the holders. */
      readonly shares: readonly { readonly person: string; readonly amount: Money }[];
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'PrizePrepaid';
      readonly ticket: number;
      readonly instalment: number;
      readonly paid: Money;
      readonly kept: Money;
      /** What became of what was kept: arrears first. */
      readonly credited: Credited;
      readonly channel: string;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly type: 'PrizeDeposited';
      readonly ticket: number;
      readonly instalment: number;
      readonly at: Instant;
      readonly amount: Money;
      readonly transfers: readonly Transfer[];
    };
