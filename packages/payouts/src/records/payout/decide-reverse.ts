import { type Context, freeText, type Seen, show } from '@holdfast/kernel';
import { isSameCurrency, isZero, type Money, minimum } from '@holdfast/money';
import { type Operation, sendAgain, startAttempt } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Obstacle } from '../../eligibility/obstacle.ts';
import { debtsOf } from '../accounts.ts';
import { senderKeeper } from '../keepers.ts';
import { providerFacts } from '../sender/sender.ts';
import type { CancelReversal, ReversePayout } from './commands.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { PayoutEvent } from './events.ts';
import { Hearing } from './hearing.ts';
import { leadingAttempt, type Payout, type PayoutStatus, payoutStatus, type Reversal } from './payout.ts';
import type { PayoutRefusals } from './refusals.ts';
import { findReversal, findTransfer, leftWithPayee, nameOf } from './reversals.ts';

/**
 * Decides whether money of a payout is to be taken back: only of one that is paid, no more than is still with its payee, and no more than the payee owes us and nothing
 * else is recovering.
 *
 * @source docs/rules/payouts.md, P-28
 */
export function decideReverse(
  seen: Seen,
  payout: Payout,
  { amount, why }: ReversePayout,
  { id, at, actor }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['ReversePayout']> {
  const { payee, sender, currency, reversals = [] } = payout;
  if (!environment.operators.includes(actor.role)) return err({ code: 'operator_needed', role: actor.role });
  if (!isSameCurrency(amount.currency, currency)) {
    const allowed = `an amount of ${currency.code}`;
    return err({ code: 'shape_invalid', field: 'amount', given: show(`${amount}`), allowed });
  }
  const status = payoutStatus(payout);
  const transfer = findTransfer(payout);
  if (!isReversible(status) || !transfer) return err({ code: 'payout_wrong_status', payout: id, status });
  const port = environment.senders.get(sender);
  if (!port || !seen.recordOf(senderKeeper, sender)) return err({ code: 'sender_unknown', sender });
  const power = port.descriptor.operations.reverse_transfer;
  if (!power || (power.currencies !== 'any' && !power.currencies.includes(currency.code))) {
    const { id: provider } = port.descriptor;
    return err({ code: 'provider_not_capable', provider, kind: 'reverse_transfer', currency: currency.code });
  }
  const left = leftWithPayee(payout);
  if (amount.minor > left.minor) return err({ code: 'reversal_exceeds_payout', payout: id, amount, left });
  const debt = debtsOf(seen, payee, currency);
  if (amount.minor > debt.minor) return err({ code: 'reversal_exceeds_debt', payout: id, payee, amount, debt });
  // Nothing below refuses.
  const reversal = (reversals.at(-1)?.number ?? 0) + 1;
  const { object } = transfer.object;
  return ok([{ type: 'ReversalAsked', reversal, object, amount, at, why: freeText(why) }]);
}

/** Decides whether a reversal is given up: one that is not under way. */
export function decideCancelReversal(
  payout: Payout,
  { reversal: number }: CancelReversal,
  { id, actor }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['CancelReversal']> {
  if (!environment.operators.includes(actor.role)) return err({ code: 'operator_needed', role: actor.role });
  const reversal = findReversal(payout, number);
  if (!reversal) return err({ code: 'reversal_unknown', payout: id, reversal: number });
  const status = payoutStatus(reversal);
  if (status !== 'due' && status !== 'failed')
    return err({ code: 'payout_wrong_status', payout: id, reversal: number, status });
  return ok([{ type: 'ReversalEnded', reversal: number, ended: 'cancelled' }]);
}

/**
 * Decides whether a reversal is sent now, of how much, and under which key. What the payee still owes and still has of the payout is asked again, here, inside the
 * round: a later payout may have recovered it meanwhile.
 *
 * @source docs/rules/payouts.md, P-29
 */
export function decideStartReversal(
  seen: Seen,
  payout: Payout,
  number: number,
  { id, at }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['StartAttempt']> {
  const reversal = findReversal(payout, number);
  if (!reversal) return err({ code: 'reversal_unknown', payout: id, reversal: number });
  const status = payoutStatus(reversal);
  if (status !== 'due') return err({ code: 'payout_wrong_status', payout: id, reversal: number, status });
  const { sender, payee, currency } = payout;
  const port = environment.senders.get(sender);
  const gate = seen.recordOf(senderKeeper, sender)?.gate;
  if (!port || !gate) return err({ code: 'sender_unknown', sender });
  const obstacles = reversalObstacles(seen, payout, reversal, { id, at });
  if (obstacles.length > 0) return err({ code: 'payout_blocked', payout: id, obstacles });
  const most = minimum(leftWithPayee(payout), debtsOf(seen, payee, currency));
  const amount = minimum(reversal.asked, most);
  if (isZero(amount)) return ok([{ type: 'ReversalEnded', reversal: number, ended: 'settled' }]);
  const previous = reversal.attempts.at(-1)?.attempt;
  const started = startAttempt(
    {
      book: environment.book,
      payout: id,
      reversal: number,
      ...(previous ? { previous } : {}),
      descriptor: port.descriptor,
      operation: operationOf(id, payout, reversal, amount),
      encode: (given) => port.encode(given),
      gate,
      retriesLeft: Math.max(0, environment.policy.retry.maxRetries - reversal.retries),
    },
    at,
  );
  const step =
    started.isErr() && started.error.code === 'key_still_good' && previous
      ? sendAgain(previous, { gate, eligible: true }, at)
      : started;
  // Nothing below refuses.
  return step.map((taken) => stepped(seen, payout, taken, { id, at, environment }));
}

/** Decides whether the same key and bytes of a reversal are sent once more after silence. */
export function decideReverseAgain(
  seen: Seen,
  payout: Payout,
  number: number,
  { id, at }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['SendAgain']> {
  const reversal = findReversal(payout, number);
  if (!reversal) return err({ code: 'reversal_unknown', payout: id, reversal: number });
  const leading = leadingAttempt(reversal);
  const status = payoutStatus(reversal);
  if (status !== 'unknown' || !leading)
    return err({ code: 'payout_wrong_status', payout: id, reversal: number, status });
  const gate = seen.recordOf(senderKeeper, payout.sender)?.gate;
  if (!gate) return err({ code: 'sender_unknown', sender: payout.sender });
  const obstacles = reversalObstacles(seen, payout, {}, { id, at });
  if (obstacles.length > 0) return err({ code: 'payout_blocked', payout: id, obstacles });
  return sendAgain(leading.attempt, { gate, eligible: true }, at).map((step) =>
    stepped(seen, payout, step, { id, at, environment }),
  );
}

/** Gives why a reversal is not sent now. Whether the payee may be paid says nothing: money comes, and none goes. */
export function reversalObstacles(
  seen: Seen,
  payout: Payout,
  { retryAt }: Pick<Reversal, 'retryAt'>,
  { id, at }: Pick<Context, 'id' | 'at'>,
): readonly Obstacle[] {
  const { sender: of } = payout;
  const provider = providerFacts(seen.recordOf(senderKeeper, of), seen.book());
  const obstacles: Obstacle[] = (provider?.closed ?? []).map(({ reason: detail, clearedBy }) => {
    return { code: 'sending_closed', of, clearedBy, detail };
  });
  if (!isReversible(payoutStatus(payout))) obstacles.push({ code: 'in_conflict', of: id, clearedBy: 'operator' });
  if (retryAt !== undefined && at < retryAt)
    obstacles.push({ code: 'backing_off', of: id, clearedBy: 'clock', clearsAt: retryAt });
  return obstacles;
}

function stepped(
  seen: Seen,
  payout: Payout,
  step: Parameters<Hearing['step']>[0],
  context: { readonly id: string; readonly at: string; readonly environment: PayoutEnvironment },
): readonly PayoutEvent[] {
  const hearing = new Hearing({ ...context, seen, payout, by: 'start' });
  hearing.step(step);
  return hearing.events;
}

function operationOf(id: string, { payee }: Payout, { number, object }: Reversal, amount: Money): Operation {
  const reference = nameOf(id, number);
  return { kind: 'reverse_transfer', reference, amount, object, metadata: { payee } };
}

function isReversible(status: PayoutStatus): boolean {
  return status === 'paid' || status === 'returned';
}
