import type { Seen } from '@holdfast/kernel';
import { minimum, subtract, zero } from '@holdfast/money';
import { owedAccount, suspenseAccount } from '../accounts.ts';
import type { PayoutEvent, SuspenseExplained } from './events.ts';
import type { Payout } from './payout.ts';
import { afterTransfers, owedAgain, owedBalances } from './step-event.ts';

type Explained = SuspenseExplained['explained'][number];

/**
 * Looks again at what a payout has done with. What was paid from suspense, since a restored book did not know the obligation, is explained once it is earned;
 * what else is owed again is to be handed over.
 *
 * @source docs/rules/payouts.md, P-20, P-21
 */
export function recheck(seen: Seen, payout: Payout): readonly PayoutEvent[] {
  const owed = owedBalances(seen, payout);
  const explained: Explained[] = [];
  const transfers: SuspenseExplained['transfers'][number][] = [];
  for (const { attempt, shares } of payout.attempts) {
    const unknown = shares.find(({ obligation }) => obligation === null);
    let left = unknown ? subtract(unknown.paid, unknown.returned) : zero(payout.currency);
    for (const { obligation, amount: there } of afterTransfers(owed, transfers)) {
      const amount = minimum(there, left);
      if (amount.minor === 0n) continue;
      left = subtract(left, amount);
      explained.push({ attempt: attempt.number, obligation, amount });
      const to = suspenseAccount(attempt.provider);
      transfers.push({ from: owedAccount(obligation), to, amount, kind: 'payout_explained' });
    }
  }
  const leaving = owedAgain(payout, afterTransfers(owed, transfers));
  return [
    ...(explained.length > 0 ? [{ type: 'SuspenseExplained', explained, transfers } as const] : []),
    ...(leaving.length > 0 ? [{ type: 'ItemsOwedAgain', leaving } as const] : []),
  ];
}
