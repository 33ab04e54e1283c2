import { type Instant, laterOf } from '@holdfast/kernel';
import { isZero } from '@holdfast/money';
import { amountIn, composePayout, type PayoutDraft } from './compose-payout.ts';
import type { ObligationFacts, PayeeFacts, PayoutFacts } from './facts.ts';
import { type Hold, type HoldReason, holdsAt } from './hold.ts';
import type { Clearer, Obstacle } from './obstacle.ts';
import type { AmountPolicy } from './policy.ts';

/** Whether a payout may be sent now: what it is of, or every reason why not. */
export type Eligibility =
  | {
      readonly eligible: true;
      readonly draft: PayoutDraft;
      /** Of items that are left out of it, with their reasons. */
      readonly leftOut: readonly Obstacle[];
    }
  | { readonly eligible: false; readonly obstacles: readonly Obstacle[] };

/**
 * Says whether a payout may be sent at an instant, and of what. Every reason for a no is given, in a fixed order: the provider, the payee, each
 * obligation, the tips, the run, the amount. An obligation with a reason of its own is left out as long as another has none.
 *
 * Pure. Asked when a payout is planned, and again inside the round of every send.
 *
 * @source docs/rules/payouts.md, P-1, P-2
 */
export function checkEligibility(facts: PayoutFacts, policy: AmountPolicy, at: Instant): Eligibility {
  const blocked = facts.items.map((item) => obligationObstacles(item, at));
  const payable = facts.items.filter((_item, index) => blocked[index]?.length === 0);
  const ofItems = blocked.flat();
  const draft = composePayout({ ...facts, items: payable }, policy);
  const obstacles = [
    ...providerObstacles(facts),
    ...payeeObstacles(facts.payeeId, facts.payee, at),
    ...(payable.length === 0 ? ofItems : []),
    ...tipObstacles(facts, at),
    ...runObstacles(facts, at),
  ];
  if (payable.length > 0) obstacles.push(...amountObstacles(facts, policy, draft));
  return obstacles.length === 0 ? { eligible: true, draft, leftOut: ofItems } : { eligible: false, obstacles };
}

/** Gives why one obligation cannot be paid out, whatever else is the case. */
export function obligationObstacles(item: ObligationFacts, at: Instant): readonly Obstacle[] {
  const { obligation: of, holds, eligibleAt, fundsAvailableAt } = item;
  const obstacles: Obstacle[] = holdsAt(holds, at).map((hold) => heldBy(hold, 'obligation_held', of));
  if (at < eligibleAt) obstacles.push({ code: 'delay_running', of, clearedBy: 'clock', clearsAt: eligibleAt });
  if (fundsAvailableAt !== undefined && at < fundsAvailableAt)
    obstacles.push({ code: 'funds_pending', of, clearedBy: 'provider', clearsAt: fundsAvailableAt });
  return obstacles;
}

/** Gives why nothing can be paid to a payee. */
export function payeeObstacles(of: string, payee: PayeeFacts | undefined, at: Instant): readonly Obstacle[] {
  if (!payee) return [{ code: 'payee_unknown', of, clearedBy: 'operator' }];
  const { onboarded, frozen, destination, holds } = payee;
  const obstacles: Obstacle[] = [];
  if (!onboarded) obstacles.push({ code: 'not_onboarded', of, clearedBy: 'payee' });
  if (frozen) obstacles.push({ code: 'payee_frozen', of, clearedBy: 'operator' });
  if (!destination) obstacles.push({ code: 'no_destination', of, clearedBy: 'payee' });
  const quietUntil = destination?.quietUntil;
  if (quietUntil !== undefined && at < quietUntil)
    obstacles.push({ code: 'destination_changed', of, clearedBy: 'clock', clearsAt: quietUntil });
  return [...obstacles, ...holdsAt(holds, at).map((hold) => heldBy(hold, 'payee_held', of))];
}

/** Gives when all obstacles will have cleared by themselves; nothing where one of them waits for somebody. */
export function clearsAt(obstacles: readonly Obstacle[]): Instant | undefined {
  let latest: Instant | undefined;
  for (const { clearsAt: at } of obstacles) {
    if (at === undefined) return undefined;
    latest = latest === undefined ? at : laterOf(latest, at);
  }
  return latest;
}

function providerObstacles({ sender: of, provider, currency }: PayoutFacts): readonly Obstacle[] {
  if (!provider) return [{ code: 'provider_unknown', of, clearedBy: 'operator' }];
  const obstacles: Obstacle[] = provider.closed.map(({ reason, clearedBy }) => ({
    code: 'sending_closed',
    of,
    clearedBy,
    detail: reason,
  }));
  if (provider.short.includes(currency.code))
    obstacles.push({ code: 'provider_short', of, clearedBy: 'treasury', detail: currency.code });
  return obstacles;
}

function tipObstacles({ pendingTips }: PayoutFacts, at: Instant): readonly Obstacle[] {
  return pendingTips
    .filter(({ until }) => at < until)
    .map(({ obligation, until }) => ({ code: 'tip_pending', of: obligation, clearedBy: 'clock', clearsAt: until }));
}

function runObstacles({ runAt, retryAt, payeeId: of }: PayoutFacts, at: Instant): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (runAt === 'manual') obstacles.push({ code: 'manual_schedule', of, clearedBy: 'payee' });
  else if (runAt !== undefined && at < runAt)
    obstacles.push({ code: 'run_not_due', of, clearedBy: 'clock', clearsAt: runAt });
  if (retryAt !== undefined && at < retryAt)
    obstacles.push({ code: 'backing_off', of, clearedBy: 'clock', clearsAt: retryAt });
  return obstacles;
}

function amountObstacles(
  { currency, payeeId: of }: PayoutFacts,
  policy: AmountPolicy,
  { send, left }: PayoutDraft,
): readonly Obstacle[] {
  const required = amountIn(policy.minimum, currency) ?? (isZero(left) ? undefined : amountIn(policy.step, currency));
  const nothingMore = isZero(send) && isZero(left);
  if (!required || nothingMore || send.minor >= required.minor) return [];
  return [{ code: 'below_minimum', of, clearedBy: 'earnings', amount: isZero(send) ? left : send, required }];
}

const HOLD_CLEARED_BY: { readonly [Reason in HoldReason]: Clearer } = {
  dispute: 'support',
  chargeback: 'support',
  risk: 'support',
  compliance: 'support',
  operator: 'operator',
  provider: 'payee',
  destination: 'payee',
  late_tip: 'operator',
};

function heldBy({ reason, reference, until }: Hold, code: 'obligation_held' | 'payee_held', of: string): Obstacle {
  return {
    code,
    of,
    clearedBy: HOLD_CLEARED_BY[reason],
    hold: reason,
    ...(until === undefined ? {} : { clearsAt: until }),
    ...(reference === undefined ? {} : { detail: reference }),
  };
}
