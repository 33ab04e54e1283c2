import type { FreeText, Instant, TextReference, Transfer } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import type { AttemptAlarm } from '@holdfast/providers';
import type { PayoutAttempt, ReversalAttempt } from './payout.ts';

/** What was taken of an obligation for debts of its payee. */
export interface Netted {
  readonly obligation: string;
  readonly amount: Money;
}

/** A payout was planned: it claims its obligations. */
export interface PayoutPlanned {
  readonly type: 'PayoutPlanned';
  readonly payee: string;
  readonly sender: string;
  readonly currency: Currency;
  readonly bundle: string;
  readonly obligations: readonly string[];
  readonly at: Instant;
}

/** There was nothing to send: debts took it, or nothing was owed. Stored without the transfers, since the unit's entry beside it has them. */
export interface PayoutSettled {
  readonly type: 'PayoutSettled';
  readonly netted: readonly Netted[];
  /** Obligations that are handed over. */
  readonly leaving: readonly string[];
  readonly transfers: readonly Transfer[];
}

/** Something was done about an attempt, or heard of it. Stored without the transfers, since the unit's entry beside it has them. */
export interface AttemptStepped {
  readonly type: 'AttemptStepped';
  /** What brought it about. */
  readonly by: 'start' | 'outcome' | 'observation' | 'lookup' | 'silence' | 'operator' | 'adoption';
  readonly attempt: PayoutAttempt;
  readonly retries: number;
  readonly retryAt?: Instant;
  readonly netted: readonly Netted[];
  readonly leaving: readonly string[];
  readonly alarms: readonly AttemptAlarm[];
  readonly why?: FreeText | TextReference;
  readonly transfers: readonly Transfer[];
}

/** A payout that was not under way was given up; its obligations are handed over. */
export interface PayoutCancelled {
  readonly type: 'PayoutCancelled';
}

/** Obligations are owed something again that this payout does not pay: they are to be handed over. */
export interface ItemsOwedAgain {
  readonly type: 'ItemsOwedAgain';
  readonly leaving: readonly string[];
}

/** An obligation that was earned after it had been paid, by a payout that a restored book had forgotten: its money goes where the payment came from. */
export interface SuspenseExplained {
  readonly type: 'SuspenseExplained';
  readonly explained: readonly { readonly attempt: number; readonly obligation: string; readonly amount: Money }[];
  readonly transfers: readonly Transfer[];
}

/** Obligations were handed over: another payout may have them. */
export interface ItemsHandedOver {
  readonly type: 'ItemsHandedOver';
  readonly obligations: readonly string[];
}

/** Money of a paid payout is to be taken back from its payee. Without a reason where it is known from the provider alone. */
export interface ReversalAsked {
  readonly type: 'ReversalAsked';
  readonly reversal: number;
  /** The provider's name of the transfer. */
  readonly object: string;
  readonly amount: Money;
  readonly at: Instant;
  readonly why?: FreeText | TextReference;
}

/** Something was done about an attempt of a reversal, or heard of it. Stored without the transfers, since the unit's entry beside it has them. */
export interface ReversalStepped {
  readonly type: 'ReversalStepped';
  readonly reversal: number;
  /** What brought it about. */
  readonly by: AttemptStepped['by'];
  readonly attempt: ReversalAttempt;
  readonly retries: number;
  readonly retryAt?: Instant;
  readonly alarms: readonly AttemptAlarm[];
  readonly why?: FreeText | TextReference;
  readonly transfers: readonly Transfer[];
}

/** A reversal ended without a call: the payee does not owe it any more (`settled`), or it was given up. */
export interface ReversalEnded {
  readonly type: 'ReversalEnded';
  readonly reversal: number;
  readonly ended: 'settled' | 'cancelled';
}

/** What happened to a payout. */
export type PayoutEvent =
  | PayoutPlanned
  | PayoutSettled
  | AttemptStepped
  | PayoutCancelled
  | ItemsOwedAgain
  | SuspenseExplained
  | ItemsHandedOver
  | ReversalAsked
  | ReversalStepped
  | ReversalEnded;
