import type { FreeText, Instant, TextReference } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Hold } from '../../eligibility/hold.ts';

/** Where money goes to from an instant on. */
export interface NewDestination {
  readonly address: string;
  readonly since: Instant;
  /** Keeps money back until then; absent for the first destination. */
  readonly quietUntil?: Instant;
}

/** What happened to a payee. */
export type PayeeEvent =
  | { readonly type: 'PayeeRegistered'; readonly onboarded: boolean; readonly destination?: NewDestination }
  | { readonly type: 'PayeeOnboarded'; readonly onboarded: boolean }
  | { readonly type: 'DestinationChanged'; readonly destination: NewDestination }
  | { readonly type: 'PayeeFrozen'; readonly frozen: boolean }
  | { readonly type: 'PayeeHeld'; readonly hold: Hold }
  | { readonly type: 'PayeeReleased'; readonly hold: Pick<Hold, 'reason' | 'reference'> }
  | {
      readonly type: 'DebtOpened' | 'DebtWrittenOff';
      readonly from: string;
      readonly to: string;
      readonly amount: Money;
      readonly why: FreeText | TextReference;
    };
