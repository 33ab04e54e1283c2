import type { Instant } from '@holdfast/kernel';
import { usd, zero } from '@holdfast/money';
import type { ObligationFacts, PayoutFacts } from '../eligibility/facts.ts';

/** Gives an obligation of which nothing says no. */
export function itemOf(obligation: string, facts: Partial<ObligationFacts> = {}): ObligationFacts {
  const owed = facts.owed ?? usd('10');
  return { obligation, owed, lent: zero(owed.currency), eligibleAt: EARLY, holds: [], ...facts };
}

/** Gives facts of which nothing says no, and an instant to ask at. */
export function factsOf(facts: Partial<PayoutFacts> = {}): PayoutFacts & { readonly at: Instant } {
  return {
    at: '2026-06-01T00:00:00.000Z',
    currency: usd,
    sender: 'stripe.main',
    provider: { closed: [], short: [] },
    payeeId: 'ann',
    payee: { onboarded: true, frozen: false, destination: { address: 'acct_ann' }, holds: [] },
    items: [itemOf('a')],
    pendingTips: [],
    debts: usd('0'),
    nettedBefore: usd('0'),
    ...facts,
  };
}

const EARLY = '2026-01-01T00:00:00.000Z';
