import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** What every hold is. */
interface HoldFacts {
  readonly from: string;
  /** The account in which the money lies. */
  readonly held: string;
  readonly amount: Money;
  /** Of the amount, what was taken so far. */
  readonly captured: Money;
  /** Of the amount, what went back so far. */
  readonly released: Money;
}

/** A hold that still holds something. */
export interface OpenHold extends HoldFacts {
  readonly status: 'open';
  readonly expiresAt?: Instant;
}

/** A hold that holds nothing any more. */
export interface EndedHold extends HoldFacts {
  /** `captured` where any of it was, `expired` where its time ended it, else `released`. */
  readonly status: 'captured' | 'released' | 'expired';
}

/** Money set aside: `amount = captured + released + what is still held`, always. */
export type Hold = OpenHold | EndedHold;
