import type { Instant, Refusal, ShapeInvalid } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { HoldUnknown } from '../payee/refusals.ts';

/**
 * There is no obligation of this id.
 *
 * @severity mistake
 * @retry once it is earned
 */
export interface ObligationUnknown extends Refusal<'obligation_unknown'> {
  readonly obligation: string;
}

/**
 * The obligation was earned, or the tip promised, before. What is earned further is an obligation of its own.
 *
 * @severity mistake
 * @retry no
 */
export interface ObligationExists extends Refusal<'obligation_exists'> {
  readonly obligation: string;
}

/**
 * Tips for this are taken no more, or not yet.
 *
 * @severity answer
 * @retry no
 */
export interface TipWindowClosed extends Refusal<'tip_window_closed'> {
  readonly from: Instant;
  readonly until: Instant;
  readonly now: Instant;
}

/**
 * No account gives the money, and it is not in the obligation's account.
 *
 * @severity mistake
 * @retry once the same unit moves it there
 */
export interface EarningNotThere extends Refusal<'earning_not_there'> {
  readonly account: string;
  readonly required: Money;
  readonly available: Money;
}

/**
 * More would be given back than was earned.
 *
 * @severity answer
 * @retry no
 */
export interface RefundExceedsEarning extends Refusal<'refund_exceeds_earning'> {
  readonly obligation: string;
  readonly amount: Money;
  /** What may still be given back. */
  readonly left: Money;
}

/**
 * A payout has the obligation, or it is a tip that is only promised.
 *
 * @severity answer
 * @retry once the payout has given it back
 */
export interface ObligationNotOpen extends Refusal<'obligation_not_open'> {
  readonly obligation: string;
  readonly status: 'promised' | 'open' | 'taken';
}

/**
 * The payout does not have the obligation, or still has it.
 *
 * @severity mistake
 * @retry no
 */
export interface PayoutDisagrees extends Refusal<'payout_disagrees'> {
  readonly obligation: string;
  readonly payout: string;
}

/**
 * This task is the work of a payout worker; the sweep that asked for it has none.
 *
 * @severity alarm
 * @retry once the sweep has a payout worker
 */
export interface WorkerNeeded extends Refusal<'payout_worker_needed'> {
  readonly command: string;
}

/** What each command about an obligation may be refused for, beyond what any unit may, in order of precedence. */
export interface ObligationRefusals {
  readonly PromiseTip: ObligationExists | TipWindowClosed;
  readonly Earn: ObligationExists | ShapeInvalid | EarningNotThere;
  readonly RefundObligation: ObligationUnknown | ObligationNotOpen | ShapeInvalid | RefundExceedsEarning;
  readonly ExpectFunds: ObligationUnknown | ObligationNotOpen;
  readonly RequestPayout: ObligationUnknown | ObligationNotOpen;
  readonly AddHold: ObligationUnknown;
  readonly ReleaseHold: ObligationUnknown | HoldUnknown;
  readonly TakeUp: ObligationUnknown | ObligationNotOpen | PayoutDisagrees;
  readonly Reopen: ObligationUnknown | ObligationNotOpen | PayoutDisagrees;
  readonly PlanObligation: WorkerNeeded;
}
