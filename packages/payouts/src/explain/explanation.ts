import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Obstacle } from '../eligibility/obstacle.ts';
import type { PayoutStatus } from '../records/payout/payout.ts';

/** Where the money of one obligation is: `earned = owed + transit + paid − returned + netted + fees + refunded − lent`. */
export interface WhereMoneyIs {
  readonly obligation: string;
  readonly earned: Money;
  readonly owed: Money;
  readonly transit: Money;
  readonly paid: Money;
  readonly returned: Money;
  /** Taken for debts of the payee. */
  readonly netted: Money;
  /** Taken for what payouts cost the payee. */
  readonly fees: Money;
  readonly refunded: Money;
  /** Of what was refunded, what became a debt of the payee. */
  readonly lent: Money;
}

/** How a reversal of a payout stands, and why it has not come back. */
export interface ExplainedReversal {
  readonly reversal: number;
  readonly status: PayoutStatus;
  readonly asked: Money;
  /** Set aside of what the payee owes, while the provider is asked for it. */
  readonly underWay: Money;
  /** Came back, and was put against what the payee owed. */
  readonly taken: Money;
  /** Every reason why it is not taken back; none where it is, where it has ended, or where it may be sent at once. */
  readonly obstacles: readonly Obstacle[];
}

/** Why something is not paid, and where its money is. */
export interface Explanation {
  /** The obligation or payout. */
  readonly of: string;
  readonly status: string;
  readonly at: Instant;
  /** Every reason why it is not paid; none where it is, or may be sent at once. */
  readonly obstacles: readonly Obstacle[];
  /** When all of them have cleared by themselves; absent where somebody has to act, or nobody knows. */
  readonly clearsAt?: Instant;
  readonly money: readonly WhereMoneyIs[];
  /** Of a payout of which somebody asked money back. */
  readonly reversals?: readonly ExplainedReversal[];
}

/** What is looked at, and as of when. */
export interface ExplainMoment {
  /** The instant for which it is explained. */
  readonly at: Instant;
  /** As it was after the unit with this sequence; as it is, where it is absent. */
  readonly asOf?: number;
}
