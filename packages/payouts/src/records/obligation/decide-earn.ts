import { addDuration, type Context, type Instant, laterOf, type Seen, show } from '@holdfast/kernel';
import { zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type DelayEnd, delayEnd } from '../../eligibility/delay.ts';
import type { Hold } from '../../eligibility/hold.ts';
import type { PayoutPolicy } from '../../eligibility/policy.ts';
import { nextRun } from '../../eligibility/schedule.ts';
import { isTipWindowOpen, tipWindow } from '../../eligibility/tip-window.ts';
import { balanceOf, owedAccount } from '../accounts.ts';
import type { Earn, PromiseTip } from './commands.ts';
import type { ObligationEvent } from './events.ts';
import type { EarnedObligation, Obligation, PromisedTip } from './obligation.ts';
import type { ObligationRefusals } from './refusals.ts';

/** Decides whether a tip may be asked for: by the instant of the asking, and never by that of the money. */
export function decidePromiseTip(
  known: Obligation | undefined,
  command: PromiseTip,
  { id, at }: Context,
  policy: PayoutPolicy,
): Result<readonly ObligationEvent[], ObligationRefusals['PromiseTip']> {
  const { payee, amount, group, completedAt } = command;
  if (known) return err({ code: 'obligation_exists', obligation: id });
  const window = tipWindow(completedAt, policy.tips.window);
  if (!isTipWindowOpen(window, at)) return err({ code: 'tip_window_closed', ...window, now: at });
  // Nothing below refuses.
  const eligibleAt = delayEnd(policy.delay, completedAt).at;
  const terms = { payee, kind: 'tip', currency: amount.currency, group, holds: [] } as const;
  return ok([
    { type: 'TipPromised', tip: { status: 'promised', ...terms, amount, windowUntil: window.until, eligibleAt } },
  ]);
}

/** Decides what a fact of an earning comes to. A tip that was promised keeps its terms, whenever its money comes. */
export function decideEarn(
  seen: Seen,
  command: Earn,
  { id, at }: Context,
  policy: PayoutPolicy,
): Result<readonly ObligationEvent[], ObligationRefusals['Earn']> {
  const known = seen.record(id) as Obligation | undefined;
  if (known && known.status !== 'promised') return err({ code: 'obligation_exists', obligation: id });
  const end = eligibilityOf(command, known, policy);
  if (!end) {
    const allowed = 'completedAt or eligibleAt, unless the tip was promised';
    return err({ code: 'shape_invalid', field: 'eligibleAt', given: show(undefined), allowed });
  }
  const { amount, from } = command;
  const owed = owedAccount(id);
  const there = balanceOf(seen, owed, amount.currency);
  if (from === undefined && there.minor < amount.minor)
    return err({ code: 'earning_not_there', account: owed, required: amount, available: there });
  // Nothing below refuses.
  const obligation = earned(command, known, { id, at, end, policy });
  return ok([{ type: 'ObligationEarned', obligation, owed, ...(from === undefined ? {} : { from }) }]);
}

/** Gives when an obligation is to be taken into a payout: with the first run from an instant on, and not before its delay is over. */
export function planAtOf(schedule: PayoutPolicy['schedule'], eligibleAt: Instant, at: Instant): { planAt?: Instant } {
  const planAt = nextRun(schedule, laterOf(eligibleAt, at));
  return planAt === undefined ? {} : { planAt };
}

function eligibilityOf(
  { completedAt, eligibleAt }: Earn,
  promised: PromisedTip | undefined,
  { delay }: PayoutPolicy,
): DelayEnd | undefined {
  if (promised) return { at: promised.eligibleAt };
  if (eligibleAt !== undefined) return { at: eligibleAt };
  return completedAt === undefined ? undefined : delayEnd(delay, completedAt);
}

function earned(
  command: Earn,
  promised: PromisedTip | undefined,
  { id, at, end, policy }: { id: string; at: Instant; end: DelayEnd; policy: PayoutPolicy },
): EarnedObligation {
  const { payee, amount, kind = promised?.kind ?? 'earning', group = promised?.group ?? id, conversion } = command;
  const nothing = zero(amount.currency);
  return {
    status: 'open',
    payee,
    kind,
    currency: amount.currency,
    group,
    holds: [...(promised?.holds ?? []), ...lateTipHold(kind, at, end, policy)],
    earned: amount,
    refunded: nothing,
    lent: nothing,
    eligibleAt: end.at,
    ...(end.calendar === undefined ? {} : { calendar: end.calendar }),
    ...(command.fundsAvailableAt === undefined ? {} : { fundsAvailableAt: command.fundsAvailableAt }),
    ...planAtOf(policy.schedule, end.at, at),
    ...(conversion ? { conversion: frozen(conversion, amount) } : {}),
  };
}

function lateTipHold(kind: string, at: Instant, end: DelayEnd, { tips }: PayoutPolicy): readonly Hold[] {
  const late = kind === 'tip' && at >= end.at && tips.late === 'hold';
  return late ? [{ reason: 'late_tip', since: at }] : [];
}

function frozen({ captured, quote }: NonNullable<Earn['conversion']>, to: Earn['amount']) {
  return { from: captured, to, quote, rounding: 'halfUp', back: zero(captured.currency) } as const;
}

/** Gives how long a payout waits for a promised tip: from when it is due, for as long as the policy says. */
export function tipAwaitedUntil({ eligibleAt }: PromisedTip, { tips }: PayoutPolicy): Instant | undefined {
  return tips.wait && addDuration(eligibleAt, tips.wait);
}
