import type { Context, Seen } from '@holdfast/kernel';
import { isSameCurrency, zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { checkEligibility } from '../../eligibility/check-eligibility.ts';
import { balanceOf, debtsOf, owedAccount } from '../accounts.ts';
import { obligationKeeper, payeeKeeper, senderKeeper } from '../keepers.ts';
import { bundleOf } from '../obligation/bundle.ts';
import { tipAwaitedUntil } from '../obligation/decide-earn.ts';
import type { EarnedObligation } from '../obligation/obligation.ts';
import { providerFacts } from '../sender/sender.ts';
import type { PlanPayout } from './commands.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { PayoutEvent } from './events.ts';
import { obligationFacts, runAtOf } from './payout-facts.ts';
import type { PayoutRefusals } from './refusals.ts';

type Refused = PayoutRefusals['PlanPayout'];

/**
 * Decides whether a payout is planned: of open obligations of one payee, currency and bundle, and only where it could be sent at once.
 *
 * @source docs/rules/payouts.md, P-1, P-16
 */
export function decidePlan(
  seen: Seen,
  command: PlanPayout,
  { id, at }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], Refused> {
  const { policy, senders } = environment;
  const { sender, obligations } = command;
  if (seen.record(id)) return err({ code: 'payout_exists', payout: id });
  if (!senders.has(sender)) return err({ code: 'sender_unknown', sender });
  const read = readObligations(seen, obligations);
  if (read.isErr()) return err(read.error);
  const first = read.value[0] as EarnedObligation;
  const mixed = findMixed(obligations, read.value, environment);
  if (mixed) return err(mixed);
  const { payee, currency } = first;
  const facts = {
    currency,
    sender,
    provider: providerFacts(seen.recordOf(senderKeeper, sender), seen.book()),
    payeeId: payee,
    payee: seen.recordOf(payeeKeeper, payee),
    items: read.value.map((known, index) => {
      const obligation = obligations[index] as string;
      return obligationFacts(obligation, known, balanceOf(seen, owedAccount(obligation), currency));
    }),
    pendingTips: awaitedTips(seen, command, environment),
    debts: debtsOf(seen, payee, currency),
    nettedBefore: zero(currency),
    ...runAtOf(read.value, at),
  };
  const eligibility = checkEligibility(facts, policy, at);
  if (!eligibility.eligible) return err({ code: 'payout_blocked', payout: id, obstacles: eligibility.obstacles });
  // Nothing below refuses.
  const out = new Set(eligibility.leftOut.map(({ of }) => of));
  const taken = obligations.filter((obligation) => !out.has(obligation));
  const bundle = bundleOf(first, policy);
  return ok([{ type: 'PayoutPlanned', payee, sender, currency, bundle, obligations: taken, at }]);
}

function readObligations(seen: Seen, obligations: readonly string[]): Result<readonly EarnedObligation[], Refused> {
  const known: EarnedObligation[] = [];
  for (const obligation of obligations) {
    const one = seen.recordOf(obligationKeeper, obligation);
    if (!one) return err({ code: 'obligation_unknown', obligation });
    if (one.status !== 'open') return err({ code: 'obligation_not_open', obligation, status: one.status });
    known.push(one);
  }
  return ok(known);
}

function findMixed(
  obligations: readonly string[],
  known: readonly EarnedObligation[],
  { policy }: PayoutEnvironment,
): Refused | undefined {
  const [first] = known;
  for (const [index, one] of known.entries()) {
    if (!first) break;
    const mixed = (field: 'payee' | 'currency' | 'bundle'): Refused => {
      return { code: 'payout_mixed', obligation: obligations[index] ?? '', field };
    };
    if (one.payee !== first.payee) return mixed('payee');
    if (!isSameCurrency(one.currency, first.currency)) return mixed('currency');
    if (bundleOf(one, policy) !== bundleOf(first, policy)) return mixed('bundle');
  }
  return undefined;
}

function awaitedTips(seen: Seen, { awaits = [] }: PlanPayout, { policy }: PayoutEnvironment) {
  return awaits.flatMap((obligation) => {
    const tip = seen.recordOf(obligationKeeper, obligation);
    const until = tip?.status === 'promised' ? tipAwaitedUntil(tip, policy) : undefined;
    return until === undefined ? [] : [{ obligation, until }];
  });
}
