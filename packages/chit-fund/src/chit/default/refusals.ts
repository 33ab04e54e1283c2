import type { Instant, Refusal } from '@holdfast/kernel';
import type { Liability, Membership } from '../state.ts';

/**
 * The ticket's holder does not stand in the scheme in a way in which this can be done.
 *
 * @severity answer
 * @retry once he does
 */
export interface MembershipWrong extends Refusal<'membership_wrong'> {
  readonly ticket: number;
  readonly membership: Membership;
  /** Those with which it can. */
  readonly allowed: readonly Membership[];
  /** Whether the ticket has won. */
  readonly prized: boolean;
}

/**
 * What the ticket still owes is not at a point at which this can be done.
 *
 * @severity answer
 * @retry once it is
 */
export interface LiabilityWrong extends Refusal<'liability_wrong'> {
  readonly ticket: number;
  readonly liability: Liability;
  readonly allowed: readonly Liability[];
}

/**
 * The ticket still owes something, or has not paid all that was demanded.
 *
 * @severity answer
 * @retry once it is paid
 */
export interface ArrearsOpen extends Refusal<'arrears_open'> {
  readonly ticket: number;
  /** In minor units, as text. */
  readonly open: string;
}

/**
 * Too early or too late: the days of a notice are not over, or they are.
 *
 * @severity answer
 * @retry at `from`; no where it is `null`
 */
export interface NoticeTimeWrong extends Refusal<'notice_time_wrong'> {
  readonly ticket: number;
  /** The first instant at which it can be done; `null` where it can no longer be. */
  readonly from: Instant | null;
}
