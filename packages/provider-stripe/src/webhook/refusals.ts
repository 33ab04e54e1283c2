import type { Refusal } from '@holdfast/kernel';
import type { JsonUnreadable, Mode } from '@holdfast/providers';

/**
 * A verified webhook is not what Stripe's events are. Kept with its bytes for somebody to look at.
 *
 * @severity alarm
 * @retry no
 */
export interface StripeEventUnreadable extends Refusal<'stripe_event_unreadable'> {
  /** Where, and what was wrong there. */
  readonly field: string;
}

/**
 * A live event came to a test endpoint, or the other way round.
 *
 * @severity alarm
 * @retry no
 */
export interface StripeModeMismatch extends Refusal<'stripe_mode_mismatch'> {
  readonly expected: Mode;
  readonly livemode: boolean;
}

/** Why a verified webhook is not read. */
export type StripeEventRefusal = JsonUnreadable | StripeEventUnreadable | StripeModeMismatch;
