import type { Instant } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import type { Hold } from './hold.ts';

/** What counts of an obligation. */
export interface ObligationFacts {
  readonly obligation: string;
  /** What lies in its account. */
  readonly owed: Money;
  /** What was given back of it after it had been sent: taken from it before anything else. */
  readonly lent: Money;
  /** When its delay is over. */
  readonly eligibleAt: Instant;
  /** When the provider has the money to give. */
  readonly fundsAvailableAt?: Instant;
  readonly holds: readonly Hold[];
}

/** What counts of a payee. */
export interface PayeeFacts {
  readonly onboarded: boolean;
  readonly frozen: boolean;
  /** Where the money goes; `quietUntil` where it was changed a short while ago. */
  readonly destination?: { readonly address: string; readonly quietUntil?: Instant };
  readonly holds: readonly Hold[];
}

/** What counts of our account at a provider. */
export interface ProviderFacts {
  /** Why sending is closed; all must clear. */
  readonly closed: readonly { readonly reason: string; readonly clearedBy: 'operator' | 'treasury' | 'provider' }[];
  /** Codes of the currencies in which our balance is short. */
  readonly short: readonly string[];
}

/** Everything that can say no to a payout. All of it is kept in the book. */
export interface PayoutFacts {
  readonly currency: Currency;
  /** The account at a provider that sends. */
  readonly sender: string;
  readonly provider: ProviderFacts | undefined;
  readonly payeeId: string;
  readonly payee: PayeeFacts | undefined;
  readonly items: readonly ObligationFacts[];
  /** Tips that were promised and not captured yet, while the policy waits for them. */
  readonly pendingTips: readonly { readonly obligation: string; readonly until: Instant }[];
  /** What the payee owes us, zero or more. */
  readonly debts: Money;
  /** What this payout has already taken for debts, in earlier attempts. */
  readonly nettedBefore: Money;
  /** When the schedule runs next; `manual` where somebody has to ask; absent where the run has come. */
  readonly runAt?: Instant | 'manual';
  /** When it may be tried again after a no. */
  readonly retryAt?: Instant;
}
