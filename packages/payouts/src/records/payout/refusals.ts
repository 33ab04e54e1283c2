import type { Refusal, ShapeInvalid } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
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
 * The payout, or its reversal, may not be sent now. Every reason is given.
 *
 * @severity answer
 * @retry once the obstacles have cleared
 */
export interface PayoutBlocked extends Refusal<'payout_blocked'> {
  readonly payout: string;
  readonly obstacles: readonly Obstacle[];
}

/**
 * The payout, or the reversal that was named, stands where this cannot be done.
 *
 * @severity answer
 * @retry no
 */
export interface PayoutWrongStatus extends Refusal<'payout_wrong_status'> {
  readonly payout: string;
  readonly reversal?: number;
  readonly status: PayoutStatus;
}

/**
 * The payout has no reversal of this number.
 *
 * @severity mistake
 * @retry no
 */
export interface ReversalUnknown extends Refusal<'reversal_unknown'> {
  readonly payout: string;
  readonly reversal: number;
}

/**
 * More is to be taken back than is still with the payee of this payout.
 *
 * @severity mistake
 * @retry no
 */
export interface ReversalExceedsPayout extends Refusal<'reversal_exceeds_payout'> {
  readonly payout: string;
  readonly amount: Money;
  /** What left, less what came back and what other reversals have under way. */
  readonly left: Money;
}

/**
 * More is to be taken back than the payee owes us and nothing else is recovering.
 *
 * @severity answer
 * @retry no
 */
export interface ReversalExceedsDebt extends Refusal<'reversal_exceeds_debt'> {
  readonly payout: string;
  readonly payee: string;
  readonly amount: Money;
  readonly debt: Money;
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
    | ReversalUnknown
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
    | ReversalUnknown
    | PayoutWrongStatus
    | SenderUnknown
    | PayoutBlocked
    | AttemptNotSendable
    | SendingClosed
    | PayoutNotEligible
    | SendTooEarly
    | LookUpFirst
    | KeyTooOld;
  readonly ReportOutcome: PayoutUnknown | ReversalUnknown | AttemptUnknown;
  readonly ReportObservation: PayoutUnknown | SenderUnknown | ObservationNotOurs;
  readonly ReportLookup: PayoutUnknown | ReversalUnknown | AttemptUnknown;
  readonly PresumeSilence: PayoutUnknown | ReversalUnknown | AttemptUnknown;
  readonly AssertPaid: PayoutUnknown | OperatorNeeded | ReversalUnknown | AttemptUnknown | AttemptNotWaiting;
  readonly AssertAbsent: PayoutUnknown | OperatorNeeded | ReversalUnknown | AttemptUnknown | AttemptNotWaiting;
  readonly Redrive: PayoutUnknown | OperatorNeeded | ReversalUnknown | AttemptUnknown | AttemptNotFailed | LookUpFirst;
  readonly ReversePayout:
    | PayoutUnknown
    | OperatorNeeded
    | ShapeInvalid
    | PayoutWrongStatus
    | SenderUnknown
    | ProviderNotCapable
    | ReversalExceedsPayout
    | ReversalExceedsDebt;
  readonly CancelReversal: PayoutUnknown | OperatorNeeded | ReversalUnknown | PayoutWrongStatus;
  readonly CancelPayout: PayoutUnknown | PayoutWrongStatus;
  readonly HandOver: PayoutUnknown;
  readonly Recheck: PayoutUnknown;
  readonly SendPayout: WorkerNeeded;
  readonly LookUpPayout: WorkerNeeded;
}
