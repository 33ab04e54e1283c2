import type { Instant } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import type { Attempt } from '@holdfast/providers';

/** One obligation in a payout. */
export interface PayoutItem {
  readonly obligation: string;
  /** Taken for debts of the payee, by all attempts. */
  readonly netted: Money;
  /** `held`: claimed. `leaving`: something is owed that this payout does not pay; it is handed over. `gone`: another payout may have it. */
  readonly place: 'held' | 'leaving' | 'gone';
}

/** Where the money of one obligation is, of one attempt. Without an obligation: money that nobody owed, from suspense. */
export interface AttemptShare {
  readonly obligation: string | null;
  readonly transit: Money;
  readonly paid: Money;
  /** Of what was paid, what came back to the obligation. */
  readonly returned: Money;
  /** Taken for what the payout costs the payee. */
  readonly fee: Money;
}

/** One key under which a payout is or was sent, with where its money is. */
export interface PayoutAttempt {
  readonly attempt: Attempt;
  /** What the payout costs the payee; taken when it is proven to be paid. */
  readonly fee: Money;
  readonly shares: readonly AttemptShare[];
}

/** One key under which money of a payout is or was taken back, with what of it went against debts. */
export interface ReversalAttempt {
  readonly attempt: Attempt;
  /** Of what is under way, what could not be set aside: the payee did not owe it any more when it was seen to move. */
  readonly short: Money;
  /** What came back and was put against what had been set aside, by the provider's name of it. */
  readonly taken: readonly { readonly object: string; readonly amount: Money }[];
}

/** Money of a paid payout that is taken back from its payee, for what the payee owes us. */
export interface Reversal {
  /** From 1 on, within its payout. */
  readonly number: number;
  /** The provider's name of the transfer that is reversed. */
  readonly object: string;
  /** Taken at most: what the payee does not owe any more when it is sent is left with the payee. */
  readonly asked: Money;
  readonly askedAt: Instant;
  /** By number. */
  readonly attempts: readonly ReversalAttempt[];
  /** Noes that count against the retries. */
  readonly retries: number;
  /** Not sent before. */
  readonly retryAt?: Instant;
  /** Ended without an attempt. */
  readonly ended?: 'settled' | 'cancelled';
}

/** What a payout comes to, and each of its reversals: a reversal is `paid` once the money has come back. */
export type PayoutStatus =
  /** Nothing is under way; it is sent when nothing says no. */
  | 'due'
  | 'sending'
  /** Sent, and nobody knows yet what came of it. */
  | 'unknown'
  /** Only an operator can say what came of it. */
  | 'waiting'
  | 'conflict'
  | 'paid'
  /** Paid, and money came back. */
  | 'returned'
  /** A no that somebody has to mend, or one too many. */
  | 'failed'
  /** There was nothing to send. */
  | 'settled'
  | 'cancelled';

/** A set of obligations of one payee and currency that is sent together. */
export interface Payout {
  readonly payee: string;
  readonly sender: string;
  readonly currency: Currency;
  readonly bundle: string;
  readonly items: readonly PayoutItem[];
  /** By number. */
  readonly attempts: readonly PayoutAttempt[];
  /** Noes that count against the retries. */
  readonly retries: number;
  readonly plannedAt: Instant;
  /** Not sent before. */
  readonly retryAt?: Instant;
  /** Ended without an attempt. */
  readonly ended?: 'settled' | 'cancelled';
  /** By number; absent as long as nobody asked for one. */
  readonly reversals?: readonly Reversal[];
}

/** Gives the attempt that counts, of a payout or of a reversal: one that is open or moved money before one that is over. */
export function leadingAttempt<One extends { readonly attempt: Attempt }>({
  attempts,
}: {
  readonly attempts: readonly One[];
}): One | undefined {
  let leading: One | undefined;
  for (const one of attempts) if (!leading || weight(one) >= weight(leading)) leading = one;
  return leading;
}

/** Gives where a payout or a reversal stands: follows from its attempts. */
export function payoutStatus(of: {
  readonly attempts: readonly { readonly attempt: Attempt }[];
  readonly ended?: 'settled' | 'cancelled';
}): PayoutStatus {
  const state = leadingAttempt(of)?.attempt.state;
  if (state && state.status !== 'due') return state.status;
  return of.ended ?? 'due';
}

/** Says whether a payout has money under way. */
export function isOpen(status: PayoutStatus): boolean {
  return status === 'sending' || status === 'unknown' || status === 'waiting' || status === 'conflict';
}

function weight({ attempt }: { readonly attempt: Attempt }): number {
  return WEIGHTS.indexOf(attempt.state.status);
}

const WEIGHTS = ['due', 'failed', 'returned', 'paid', 'waiting', 'unknown', 'sending', 'conflict'];
