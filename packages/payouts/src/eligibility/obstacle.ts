import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { HoldReason } from './hold.ts';

/** Why money is not paid out now, in the order in which the reasons are given. */
export type ObstacleCode =
  /** Nobody has told of the provider's account yet. */
  | 'provider_unknown'
  /** Sending to the provider is closed: after a restore, by refused credentials, or by an operator. */
  | 'sending_closed'
  /** Our balance at the provider is short of this currency. */
  | 'provider_short'
  | 'payee_unknown'
  | 'not_onboarded'
  | 'payee_frozen'
  | 'no_destination'
  /** The destination was changed a short while ago. */
  | 'destination_changed'
  | 'payee_held'
  | 'obligation_held'
  | 'delay_running'
  /** The provider does not have the money to give yet. */
  | 'funds_pending'
  /** A tip is under way, and the policy waits for it. */
  | 'tip_pending'
  /** The schedule's next run has not come. */
  | 'run_not_due'
  /** Paid out only when somebody asks. */
  | 'manual_schedule'
  | 'below_minimum'
  /** The last no asks to wait before the next try. */
  | 'backing_off'
  /** A send has been made, and its answer is awaited. */
  | 'under_way'
  /** Nobody knows what came of a send: the provider is asked again and again. */
  | 'outcome_unknown'
  /** Only an operator can say what came of a send. */
  | 'waits_for_operator'
  /** What the provider has is not what was asked for. */
  | 'in_conflict'
  /** It got a no that somebody has to mend, or one too many. */
  | 'has_failed'
  /** A tip that was promised, and whose money has not come. */
  | 'not_captured';

/** Who can make an obstacle go away. */
export type Clearer = 'clock' | 'payee' | 'operator' | 'support' | 'provider' | 'treasury' | 'earnings';

/** One reason why money is not paid out, with who clears it and when. */
export interface Obstacle {
  readonly code: ObstacleCode;
  /** What it is about: an obligation, a payee, an account at a provider. */
  readonly of: string;
  readonly clearedBy: Clearer;
  /** When it clears by itself; absent where somebody has to act, or nobody knows. */
  readonly clearsAt?: Instant;
  /** When the provider is asked next what came of it. */
  readonly asksAt?: Instant;
  readonly hold?: HoldReason;
  /** Of the host (a dispute's id), or why sending is closed. */
  readonly detail?: string;
  /** What there is, and what it would take. */
  readonly amount?: Money;
  readonly required?: Money;
}
