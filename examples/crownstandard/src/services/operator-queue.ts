import type { ReadTrouble } from '@holdfast/kernel';
import { type DeadLetter, operatorQueue as queueOfPayouts } from '@holdfast/payouts';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { type Charge, chargeStatus, isPayment, leadingAttempt } from '../payments/charge.ts';

/** A line of the operator's queue: of a payout, or of a charge. */
export type QueueLine = DeadLetter | ChargeLine;

/** A charge that waits for a person, and what the person can do. */
export interface ChargeLine {
  readonly category: /** Nobody can tell what came of it: `assertChargeMade`, `assertChargeAbsent`. */
    | 'charge_waits'
    /** Stripe will not make it: `driveRefundAgain` once that is mended, `assertChargeMade` where it was made by hand. */
    | 'refund_failed'
    /** It came back after it had succeeded: `sendRefundOnceMore`. */
    | 'refund_returned'
    /** It was met at Stripe alone: whoever knows what it was for says so, else `giveBackByHand`. */
    | 'charge_adopted';
  readonly record: string;
  /** The attempt that an operator's word would be about. */
  readonly attempt: number;
  readonly since: string;
  readonly amount: Charge['surplus'][number]['amount'];
  readonly detail: string;
}

/**
 * Lists what waits for a person: payouts, as the library has them, and charges.
 *
 * @param most - The most of each kind; 1 to 1,000.
 */
export async function operatorQueue(crown: Crown, most = 100): Promise<Result<readonly QueueLine[], ReadTrouble>> {
  const payouts = await queueOfPayouts(crown.book as never, crown.payouts, most);
  if (payouts.isErr()) return err(payouts.error);
  const lines: QueueLine[] = [...payouts.value];
  for (const status of ['waiting', 'failed', 'returned']) {
    const page = await crown.charges.list({ status, limit: most });
    if (page.isErr()) return err(page.error);
    for (const { id, state } of page.value.rows) if (state) lines.push(lineOf(id, state));
  }
  return ok(lines);
}

function lineOf(id: string, charge: Charge): ChargeLine {
  const { number, operation, changedAt, state } = leadingAttempt(charge);
  const status = chargeStatus(charge);
  const detail = 'code' in state ? state.code : 'because' in state ? state.because : state.status;
  const about = { record: `charge/${id}`, attempt: number, amount: operation.amount };
  const { cameBack } = charge;
  if (cameBack) return { category: 'refund_returned', ...about, since: cameBack.at, detail: cameBack.object };
  const met = charge.surplus[0];
  if (charge.isAdopted && met) return { category: 'charge_adopted', ...about, since: met.at, detail: met.object };
  const isNo = status === 'failed' && !isPayment(charge);
  return { category: isNo ? 'refund_failed' : 'charge_waits', ...about, since: changedAt, detail };
}
