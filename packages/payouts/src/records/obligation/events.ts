import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Hold } from '../../eligibility/hold.ts';
import type { EarnedObligation, FrozenConversion, PromisedTip } from './obligation.ts';

/** What happened to an obligation. Where money moved, the event says from where to where. */
export type ObligationEvent =
  | { readonly type: 'TipPromised'; readonly tip: PromisedTip }
  | {
      readonly type: 'ObligationEarned';
      readonly obligation: EarnedObligation;
      /** The obligation's own account. */
      readonly owed: string;
      /** The account that gave; absent where the money was there already. */
      readonly from?: string;
    }
  | {
      readonly type: 'ObligationRefunded';
      readonly amount: Money;
      readonly owed: string;
      readonly debts: string;
      readonly to: string;
      /** Of the amount, what the obligation's account gave; the rest is a debt of the payee. */
      readonly fromOwed: Money;
      /** What the receiver gets, where it was converted. */
      readonly original?: Money;
      readonly conversion?: FrozenConversion;
    }
  | { readonly type: 'FundsExpected'; readonly at: Instant }
  | { readonly type: 'ObligationHeld'; readonly hold: Hold }
  | {
      readonly type: 'ObligationReleased';
      readonly hold: Pick<Hold, 'reason' | 'reference'>;
      readonly planAt?: Instant;
    }
  | { readonly type: 'PayoutRequested'; readonly planAt: Instant }
  | { readonly type: 'ObligationTaken'; readonly payout: string }
  | { readonly type: 'ObligationReopened'; readonly planAt?: Instant };
