import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Attempt } from './attempt.ts';

/**
 * Money that follows from a step of an attempt, to be posted in the same unit, in this order.
 *
 * Places: *owed* is what the payout's obligations have earned, *transit* is the attempt's, *provider* is our account at the provider.
 */
export type AttemptPosting =
  /** owed → transit. */
  | { readonly kind: 'to_transit'; readonly amount: Money }
  /** transit → owed. */
  | { readonly kind: 'back_to_owed'; readonly amount: Money }
  /** transit → provider: it left. */
  | { readonly kind: 'paid'; readonly amount: Money; readonly object: string }
  /** suspense → provider: more left than was in transit, or in another currency. */
  | { readonly kind: 'excess'; readonly amount: Money; readonly object: string }
  /** provider → debts where `ours`, a reversal that we asked for under `reference`; provider → owed where somebody else took it back. */
  | {
      readonly kind: 'returned';
      readonly amount: Money;
      readonly object: string;
      readonly returned: string;
      readonly at: Instant;
      readonly reference?: string;
    }
  /** provider → suspense: more came back than had left. */
  | {
      readonly kind: 'returned_excess';
      readonly amount: Money;
      readonly object: string;
      readonly returned: string;
      readonly at: Instant;
    }
  /** provider → an expense: what the provider took. */
  | { readonly kind: 'fee'; readonly amount: Money; readonly object: string };

/** What somebody has to hear of a step. */
export type AttemptAlarm =
  /** 401 or 403: send nothing more to this provider until somebody has looked. */
  | 'close_provider'
  /** Our balance at the provider is short: once for each provider and currency. */
  | 'fund_platform'
  /** The payee may not receive. */
  | 'hold_payee'
  | 'conflict'
  | 'waits_for_operator'
  /** Money moved for an attempt that had ended with a no: sending under a later key may pay twice. Close sending and look up. */
  | 'paid_after_no';

/** What a step makes of an attempt. */
export interface AttemptStep {
  readonly attempt: Attempt;
  readonly postings: readonly AttemptPosting[];
  /** Whether this step ended the key: the payout's next send has the next number. */
  readonly keyAdvances: boolean;
  readonly alarms: readonly AttemptAlarm[];
}
