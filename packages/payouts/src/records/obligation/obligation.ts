import type { Instant } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import type { Hold } from '../../eligibility/hold.ts';

/** What an obligation is for. `won`: what a chargeback had taken, and the bank gave back. */
export type ObligationKind = 'earning' | 'tip' | 'reserve' | 'won';

/** What an amount was before it was converted, frozen when the money was captured. */
export interface FrozenConversion {
  readonly from: Money;
  readonly to: Money;
  /** The name of the quote by which it was converted. */
  readonly quote: string;
  readonly rounding: 'halfUp';
  /** Of `from`, what was given back. */
  readonly back: Money;
}

/** What every obligation is. */
interface ObligationTerms {
  readonly payee: string;
  readonly kind: ObligationKind;
  readonly currency: Currency;
  /** What it is paid together with: a booking and its tips. */
  readonly group: string;
  readonly holds: readonly Hold[];
}

/** A tip that was asked for in its window and is not captured yet. */
export interface PromisedTip extends ObligationTerms {
  readonly status: 'promised';
  readonly amount: Money;
  /** The end of the window in which it was promised. */
  readonly windowUntil: Instant;
  readonly eligibleAt: Instant;
}

/** One earning of a payee. What is still owed lies in its account; where the rest is, payouts say. */
export interface EarnedObligation extends ObligationTerms {
  /** `open`: waits to be taken into a payout. `taken`: a payout has it. */
  readonly status: 'open' | 'taken';
  readonly earned: Money;
  /** Given back in all. */
  readonly refunded: Money;
  /** Of what was given back, what the account no longer had: a debt of the payee. */
  readonly lent: Money;
  /** When its delay is over. */
  readonly eligibleAt: Instant;
  /** By which calendar that was computed, where by one. */
  readonly calendar?: string;
  readonly fundsAvailableAt?: Instant;
  /** When it is to be taken into a payout; absent where somebody has to ask. */
  readonly planAt?: Instant;
  /** The payout that has it. */
  readonly payout?: string;
  readonly conversion?: FrozenConversion;
}

/** One earning of a payee, or a tip that was promised. */
export type Obligation = PromisedTip | EarnedObligation;
