import type { Instant, Refusal } from '@holdfast/kernel';
import type { OperationKind } from '../port/descriptor.ts';
import type { AttemptStatus } from './attempt.ts';

/**
 * The provider cannot be asked for this kind of operation, or not in this currency.
 *
 * @severity mistake
 * @retry no
 */
export interface ProviderNotCapable extends Refusal<'provider_not_capable'> {
  readonly provider: string;
  readonly kind: OperationKind;
  readonly currency: string;
}

/**
 * Nothing may be sent to this account of the provider: after a restore, or since an attempt was met that the book does not know, until the provider's own list has been adopted.
 *
 * @severity alarm
 * @retry once the list has been adopted
 */
export interface SendingClosed extends Refusal<'sending_closed'> {
  readonly provider: string;
  readonly account: string;
  readonly because: 'epoch' | 'unknown_attempt';
}

/**
 * The attempt before has not ended with a no, so the key may not advance.
 *
 * @severity answer
 * @retry once the attempt has ended
 */
export interface AttemptNotEnded extends Refusal<'attempt_not_ended'> {
  readonly payout: string;
  readonly number: number;
  readonly status: AttemptStatus;
}

/**
 * What is asked for is what the attempt before asked for, and nothing was kept under its key: it is sent again under the same key.
 *
 * @severity mistake
 * @retry no
 */
export interface KeyStillGood extends Refusal<'key_still_good'> {
  readonly payout: string;
  readonly number: number;
}

/**
 * The attempt stands where nothing is sent.
 *
 * @severity answer
 * @retry no
 */
export interface AttemptNotSendable extends Refusal<'attempt_not_sendable'> {
  readonly payout: string;
  readonly number: number;
  readonly status: AttemptStatus;
}

/**
 * A fact of the book says no to the payout now; it is only looked up.
 *
 * @severity answer
 * @retry once the payout is eligible again
 */
export interface PayoutNotEligible extends Refusal<'payout_not_eligible'> {
  readonly payout: string;
}

/**
 * Nobody has looked since the last send, or the look-up was not conclusive.
 *
 * @severity answer
 * @retry after a look-up
 */
export interface LookUpFirst extends Refusal<'look_up_first'> {
  readonly payout: string;
  readonly number: number;
}

/**
 * The provider may have forgotten the key, so the same key could pay a second time.
 *
 * @severity answer
 * @retry no
 */
export interface KeyTooOld extends Refusal<'key_too_old'> {
  readonly payout: string;
  readonly number: number;
  /** `null` where the provider keeps no keys. */
  readonly resendUntil: Instant | null;
}

/**
 * The provider asked for patience.
 *
 * @severity answer
 * @retry from `notBefore` on
 */
export interface SendTooEarly extends Refusal<'send_too_early'> {
  readonly payout: string;
  readonly number: number;
  readonly notBefore: Instant;
}

/**
 * The attempt does not wait for an operator.
 *
 * @severity answer
 * @retry no
 */
export interface AttemptNotWaiting extends Refusal<'attempt_not_waiting'> {
  readonly payout: string;
  readonly number: number;
  readonly status: AttemptStatus;
}

/**
 * The attempt has not failed, so there is nothing to drive again.
 *
 * @severity answer
 * @retry no
 */
export interface AttemptNotFailed extends Refusal<'attempt_not_failed'> {
  readonly payout: string;
  readonly number: number;
  readonly status: AttemptStatus;
}

/**
 * The provider's object carries no mark of an attempt of this book: made by hand, by another book, or by somebody else.
 *
 * @severity answer
 * @retry no
 */
export interface ObservationNotOurs extends Refusal<'observation_not_ours'> {
  readonly book: string;
  readonly object: string;
}

/**
 * The part of the provider's list does not follow on what was adopted before, or was read before sending was closed.
 *
 * @severity mistake
 * @retry no
 */
export interface ListNotContinuous extends Refusal<'list_not_continuous'> {
  readonly provider: string;
  readonly account: string;
  /** Where the next part has to begin, at the latest. */
  readonly from: Instant;
  /** When it has to be read, at the earliest. */
  readonly readAt: Instant;
}
