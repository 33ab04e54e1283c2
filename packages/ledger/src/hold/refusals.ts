import type { Instant, InsufficientFunds, Refusal, ShapeInvalid } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/**
 * There is no hold of this id.
 *
 * @severity answer
 * @retry once the hold is there
 */
export interface HoldUnknown extends Refusal<'hold_unknown'> {
  readonly hold: string;
}

/**
 * The id is a hold's already.
 *
 * @severity answer
 * @retry no
 */
export interface HoldExists extends Refusal<'hold_exists'> {
  readonly hold: string;
}

/**
 * The hold has ended: it was captured, released or it expired.
 *
 * @severity answer
 * @retry no
 */
export interface HoldEnded extends Refusal<'hold_ended'> {
  readonly hold: string;
  readonly status: 'captured' | 'released' | 'expired';
}

/**
 * The hold's time is over, whether or not the clock has released it yet.
 *
 * @severity answer
 * @retry no
 */
export interface ExpiredHold extends Refusal<'hold_expired'> {
  readonly hold: string;
  readonly expiresAt: Instant;
}

/**
 * The hold has no end, or it has not come yet.
 *
 * @severity answer
 * @retry from `expiresAt` on, where there is one
 */
export interface HoldNotDue extends Refusal<'hold_not_due'> {
  readonly hold: string;
  /** `null` where the hold never expires. */
  readonly expiresAt: Instant | null;
}

/**
 * The hold ends before it begins.
 *
 * @severity mistake
 * @retry no
 */
export interface ExpiryInPast extends Refusal<'expiry_in_past'> {
  readonly expiresAt: Instant;
  readonly now: Instant;
}

/**
 * More is asked for than is still held.
 *
 * @severity answer
 * @retry no
 */
export interface AmountExceedsHold extends Refusal<'amount_exceeds_hold'> {
  readonly hold: string;
  readonly amount: Money;
  readonly held: Money;
}

/** What each command about a hold may be refused for, beyond what any unit may, in order of precedence. */
export interface HoldRefusals {
  readonly HoldMoney: HoldExists | ExpiryInPast | InsufficientFunds;
  readonly CaptureHold: HoldUnknown | HoldEnded | ExpiredHold | ShapeInvalid | AmountExceedsHold;
  readonly ReleaseHold: HoldUnknown | HoldEnded | ShapeInvalid | AmountExceedsHold;
  readonly ExpireHold: HoldUnknown | HoldEnded | HoldNotDue;
}
