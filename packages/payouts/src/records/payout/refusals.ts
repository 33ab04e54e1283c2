import type { Refusal } from '@holdfast/kernel';
import type {
  AttemptNotEnded,
  AttemptNotFailed,
  AttemptNotSendable,
  AttemptNotWaiting,
  KeyStillGood,
  KeyTooOld,
  LookUpFirst,
  ObservationNotOurs,
  PayoutNotEligible,
  ProviderNotCapable,
  SendingClosed,
  SendTooEarly,
} from '@holdfast/providers';
import type { Obstacle } from '../../eligibility/obstacle.ts';
import type { ObligationNotOpen, ObligationUnknown, WorkerNeeded } from '../obligation/refusals.ts';
import type { SenderUnknown } from '../sender/refusals.ts';
import type { PayoutStatus } from './payout.ts';

/**
 * There is no payout of this id.
 *
 * @severity mistake
 * @retry no
 */
export interface PayoutUnknown extends Refusal<'payout_unknown'> {
  readonly payout: string;
}

/**
 * The id is a payout's already.
 *
 * @severity answer
 * @retry no
 */
export interface PayoutExists extends Refusal<'payout_exists'> {
  readonly payout: string;
}

/**
 * The obligations of one payout are of one payee, currency and bundle.
 *
 * @severity mistake
 * @retry no
 */
export interface PayoutMixed extends Refusal<'payout_mixed'> {
  readonly obligation: string;
  readonly field: 'payee' | 'currency' | 'bundle';
}

/**
 * The payout may not be sent now. Every reason is given.
 *
 * @severity answer
 * @retry once the obstacles have cleared
 */
export interface PayoutBlocked extends Refusal<'payout_blocked'> {
  readonly payout: string;
  readonly obstacles: readonly Obstacle[];
}

/**
 * The payout stands where this cannot be done.
 *
 * @severity answer
 * @retry no
 */
export interface PayoutWrongStatus extends Refusal<'payout_wrong_status'> {
  readonly payout: string;
  readonly status: PayoutStatus;
}

/**
 * The payout has no attempt of this number.
 *
 * @severity mistake
 * @retry no
 */
export interface AttemptUnknown extends Refusal<'attempt_unknown'> {
  readonly payout: string;
  readonly number: number;
}

/**
 * Only an operator may say this.
 *
 * @severity mistake
 * @retry no
 */
export interface OperatorNeeded extends Refusal<'operator_needed'> {
  readonly role: string;
}

/** What each command about a payout may be refused for, beyond what any unit may, in order of precedence. */
export interface PayoutRefusals {
  readonly PlanPayout:
    | PayoutExists
    | SenderUnknown
    | ObligationUnknown
    | ObligationNotOpen
    | PayoutMixed
    | PayoutBlocked;
  readonly StartAttempt:
    | PayoutUnknown
    | PayoutWrongStatus
    | SenderUnknown
    | PayoutBlocked
    | ProviderNotCapable
    | AttemptNotEnded
    | KeyStillGood
    | SendingClosed
    | AttemptNotSendable
    | PayoutNotEligible
    | SendTooEarly
    | LookUpFirst
    | KeyTooOld;
  readonly SendAgain:
    | PayoutUnknown
    | PayoutWrongStatus
    | SenderUnknown
    | PayoutBlocked
    | AttemptNotSendable
    | SendingClosed
    | PayoutNotEligible
    | SendTooEarly
    | LookUpFirst
    | KeyTooOld;
  readonly ReportOutcome: PayoutUnknown | AttemptUnknown;
  readonly ReportObservation: PayoutUnknown | SenderUnknown | ObservationNotOurs;
  readonly ReportLookup: PayoutUnknown | AttemptUnknown;
  readonly PresumeSilence: PayoutUnknown | AttemptUnknown;
  readonly AssertPaid: PayoutUnknown | OperatorNeeded | AttemptUnknown | AttemptNotWaiting;
  readonly AssertAbsent: PayoutUnknown | OperatorNeeded | AttemptUnknown | AttemptNotWaiting;
  readonly Redrive: PayoutUnknown | OperatorNeeded | AttemptUnknown | AttemptNotFailed | LookUpFirst;
  readonly CancelPayout: PayoutUnknown | PayoutWrongStatus;
  readonly HandOver: PayoutUnknown;
  readonly Recheck: PayoutUnknown;
  readonly SendPayout: WorkerNeeded;
  readonly LookUpPayout: WorkerNeeded;
}
