import type { Context, Seen } from '@holdfast/kernel';
import { isZero } from '@holdfast/money';
import { type Operation, type SendingGate, sendAgain, startAttempt } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { checkEligibility, obligationObstacles, payeeObstacles } from '../../eligibility/check-eligibility.ts';
import type { PayoutDraft } from '../../eligibility/compose-payout.ts';
import type { Obstacle } from '../../eligibility/obstacle.ts';
import { payeeKeeper, senderKeeper } from '../keepers.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { PayoutEvent, PayoutSettled } from './events.ts';
import { itemsMetadata } from './items-metadata.ts';
import { leadingAttempt, type Payout, payoutStatus } from './payout.ts';
import { payoutFacts } from './payout-facts.ts';
import type { PayoutRefusals } from './refusals.ts';
import { afterTransfers, nettedOf, nettingTransfers, owedBalances, stepEvent } from './step-event.ts';

/**
 * Decides whether a payout is sent now, of what, and under which key. Everything that can say no is asked again, here, inside the round.
 *
 * @source docs/rules/payouts.md, P-2, P-8, P-17
 */
export function decideStart(
  seen: Seen,
  payout: Payout,
  { id, at }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['StartAttempt']> {
  const status = payoutStatus(payout);
  if (status !== 'due') return err({ code: 'payout_wrong_status', payout: id, status });
  const port = environment.senders.get(payout.sender);
  const gate = gateOf(seen, payout);
  if (!port || !gate) return err({ code: 'sender_unknown', sender: payout.sender });
  const facts = payoutFacts(seen, payout);
  const eligibility = checkEligibility(facts, environment.policy, at);
  if (!eligibility.eligible) return err({ code: 'payout_blocked', payout: id, obstacles: eligibility.obstacles });
  const { draft, leftOut: obstacles } = eligibility;
  const leftOut = [...new Set(obstacles.map(({ of }) => of))];
  if (isZero(draft.send)) return ok([settled(seen, payout, draft, leftOut)]);
  const previous = payout.attempts.at(-1)?.attempt;
  const operation = operationOf(id, payout, draft, facts.payee?.destination?.address);
  const { retry } = environment.policy;
  const started = startAttempt(
    {
      book: environment.book,
      payout: id,
      ...(previous ? { previous } : {}),
      descriptor: port.descriptor,
      operation,
      encode: (given) => port.encode(given),
      gate,
      retriesLeft: Math.max(0, retry.maxRetries - payout.retries),
    },
    at,
  );
  const step =
    started.isErr() && started.error.code === 'key_still_good' && previous
      ? sendAgain(previous, { gate, eligible: true }, at)
      : started;
  // Nothing below refuses.
  return step.map((taken) => [stepEvent(taken, { seen, id, payout, at, by: 'start', environment, draft, leftOut })]);
}

/**
 * Decides whether the same key and bytes are sent once more after silence. What is sent is frozen; who may be sent to is asked again.
 *
 * @source docs/rules/payouts.md, P-2, P-17
 */
export function decideSendAgain(
  seen: Seen,
  payout: Payout,
  { id, at }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['SendAgain']> {
  const leading = leadingAttempt(payout);
  const status = payoutStatus(payout);
  if (status !== 'unknown' || !leading) return err({ code: 'payout_wrong_status', payout: id, status });
  const gate = gateOf(seen, payout);
  if (!gate) return err({ code: 'sender_unknown', sender: payout.sender });
  const obstacles = resendObstacles(seen, payout, leading.attempt.operation, at);
  if (obstacles.length > 0) return err({ code: 'payout_blocked', payout: id, obstacles });
  return sendAgain(leading.attempt, { gate, eligible: true }, at).map((step) => [
    stepEvent(step, { seen, id, payout, at, by: 'start', environment }),
  ]);
}

/** Says why frozen bytes are not sent again: what is known of the provider, the payee, and the obligations in it. */
function resendObstacles(seen: Seen, payout: Payout, operation: Operation, at: string): readonly Obstacle[] {
  const { retryAt: _retryAt, ...frozen } = payout;
  const facts = payoutFacts(seen, frozen);
  const provider = facts.provider?.closed.map(
    ({ reason, clearedBy }): Obstacle => ({ code: 'sending_closed', of: payout.sender, clearedBy, detail: reason }),
  );
  const payee = seen.recordOf(payeeKeeper, payout.payee);
  const moved = payee?.destination && payee.destination.address !== operation.destination;
  return [
    ...(provider ?? []),
    ...payeeObstacles(payout.payee, facts.payee, at),
    ...facts.items.flatMap((item) => obligationObstacles(item, at)),
    ...(moved ? [{ code: 'destination_changed', of: payout.payee, clearedBy: 'operator' } as const] : []),
  ];
}

/** Reads the gate of a sender; one that somebody stopped is told by eligibility, which is asked first. */
function gateOf(seen: Seen, { sender }: Payout): SendingGate | undefined {
  return seen.recordOf(senderKeeper, sender)?.gate;
}

function operationOf(
  reference: string,
  { payee, bundle }: Payout,
  { send: amount, items }: PayoutDraft,
  destination: string | undefined,
): Operation {
  const metadata = itemsMetadata(payee, bundle, items);
  return { kind: 'transfer', reference, amount, ...(destination === undefined ? {} : { destination }), metadata };
}

function settled(seen: Seen, payout: Payout, draft: PayoutDraft, leftOut: readonly string[]): PayoutSettled {
  const netted = nettedOf(draft);
  const transfers = nettingTransfers(netted, payout);
  const owed = afterTransfers(owedBalances(seen, payout), transfers).filter(({ amount }) => amount.minor > 0n);
  const leaving = new Set([...leftOut, ...owed.map(({ obligation }) => obligation)]);
  return { type: 'PayoutSettled', netted, leaving: [...leaving], transfers };
}
