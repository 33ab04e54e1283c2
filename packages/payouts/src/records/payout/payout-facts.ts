import type { Instant, Seen } from '@holdfast/kernel';
import { type Currency, type Money, subtract, sum, zero } from '@holdfast/money';
import type { ObligationFacts, PayoutFacts } from '../../eligibility/facts.ts';
import { balanceOf, debtsOf, owedAccount } from '../accounts.ts';
import { obligationKeeper, payeeKeeper, senderKeeper } from '../keepers.ts';
import type { EarnedObligation } from '../obligation/obligation.ts';
import { providerFacts } from '../sender/sender.ts';
import type { Payout } from './payout.ts';

/** Gathers from the book everything that can say no to a payout. */
export function payoutFacts(seen: Seen, payout: Payout): PayoutFacts {
  const { payee, sender, currency, items, retryAt } = payout;
  const held = items.filter(({ place }) => place === 'held');
  return {
    currency,
    sender,
    provider: providerFacts(seen.recordOf(senderKeeper, sender), seen.book()),
    payeeId: payee,
    payee: seen.recordOf(payeeKeeper, payee),
    items: held.flatMap(({ obligation, netted }) => itemFacts(seen, obligation, netted)),
    pendingTips: [],
    debts: debtsOf(seen, payee, currency),
    nettedBefore: sum(
      items.map(({ netted }) => netted),
      currency,
    ),
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}

/** Gathers what counts of an obligation. */
export function obligationFacts(
  obligation: string,
  { lent, eligibleAt, fundsAvailableAt, holds }: EarnedObligation,
  owed: Money,
): ObligationFacts {
  const funds = fundsAvailableAt === undefined ? {} : { fundsAvailableAt };
  return { obligation, owed, lent, eligibleAt, holds, ...funds };
}

/** Gives when the run of some obligations has come: at the latest of theirs. */
export function runAtOf(
  obligations: readonly EarnedObligation[],
  at: Instant,
): { readonly runAt?: Instant | 'manual' } {
  if (obligations.some(({ planAt }) => planAt === undefined)) return { runAt: 'manual' };
  const latest = obligations
    .map(({ planAt = at }) => planAt)
    .sort()
    .at(-1);
  return latest === undefined || latest <= at ? {} : { runAt: latest };
}

function itemFacts(seen: Seen, obligation: string, netted: Money): readonly ObligationFacts[] {
  const known = seen.recordOf(obligationKeeper, obligation);
  if (!known || known.status === 'promised') return [];
  const owed = balanceOf(seen, owedAccount(obligation), known.currency);
  const facts = obligationFacts(obligation, known, owed);
  return [{ ...facts, lent: lessOf(facts.lent, netted, known.currency) }];
}

/** What this payout has taken of it before was for it first. */
function lessOf(lent: Money, netted: Money, currency: Currency): Money {
  return lent.minor > netted.minor ? subtract(lent, netted) : zero(currency);
}
