import { hash } from 'node:crypto';
import type { Instant } from '@holdfast/kernel';

/** Why a provider's list and the ledger do not agree. */
export type ExceptionReason =
  /** The ledger says paid, and the provider has no such object. */
  | 'missing_at_provider'
  /** The provider has an object of ours that the ledger does not know. */
  | 'missing_in_ledger'
  | 'amount'
  | 'currency'
  | 'destination'
  /** Several objects carry one attempt. */
  | 'duplicate'
  /** Money came back that nobody asked for, and the ledger does not know of it. */
  | 'external_reversal'
  /** Something is in transit for longer than the provider may take. */
  | 'stale_transit'
  /** It carries no mark of ours. */
  | 'foreign'
  | 'wrong_mode'
  /** It was made in an epoch that this book has not reached. */
  | 'unknown_epoch'
  /** What the provider took is not what was posted. */
  | 'fee';

/** One thing on which the two do not agree: known by what it is about and the reason. */
export interface FoundException {
  readonly reason: ExceptionReason;
  /** A provider's object, or `payout.attempt`. */
  readonly about: string;
  readonly expected: string;
  readonly found: string;
  /** When the object was made, or the attempt stored. */
  readonly at: Instant;
}

/** An exception as it stands. Nothing is ever deleted. */
export interface PayoutException extends FoundException {
  readonly sender: string;
  readonly status: 'open' | 'closed';
  /** The run that found it first. */
  readonly openedBy: string;
  /** The run that matched, or an operator's evidence. */
  readonly closedBy?:
    | { readonly run: string }
    | { readonly operator: string; readonly evidence: string; readonly entry?: string };
}

/** Names the record of an exception. */
export function exceptionId(sender: string, { about, reason }: Pick<FoundException, 'about' | 'reason'>): string {
  return `${reason}.${hash('sha256', `${sender}\n${about}`, 'hex').slice(0, 32)}`;
}
