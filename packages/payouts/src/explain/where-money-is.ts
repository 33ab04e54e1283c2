import type { Seen } from '@holdfast/kernel';
import { add, type Money, zero } from '@holdfast/money';
import { balanceOf, owedAccount } from '../records/accounts.ts';
import { obligationKeeper } from '../records/keepers.ts';
import type { AttemptShare, Payout } from '../records/payout/payout.ts';
import type { WhereMoneyIs } from './explanation.ts';

/** Says where the money of an obligation is, over some payouts that had it. */
export function whereMoneyIs(seen: Seen, obligation: string, payouts: readonly Payout[]): readonly WhereMoneyIs[] {
  const known = seen.recordOf(obligationKeeper, obligation);
  if (!known || known.status === 'promised') return [];
  const { currency, earned, refunded, lent } = known;
  const shares = payouts
    .flatMap(({ attempts }) => attempts.flatMap((one) => one.shares))
    .filter((share) => share.obligation === obligation);
  const total = (part: (share: AttemptShare) => Money) =>
    shares.reduce((sum, share) => add(sum, part(share)), zero(currency));
  const netted = payouts
    .flatMap(({ items }) => items.filter((item) => item.obligation === obligation))
    .reduce((sum, item) => add(sum, item.netted), zero(currency));
  return [
    {
      obligation,
      earned,
      owed: balanceOf(seen, owedAccount(obligation), currency),
      transit: total((share) => share.transit),
      paid: total((share) => share.paid),
      returned: total((share) => share.returned),
      netted,
      fees: total((share) => share.fee),
      refunded,
      lent,
    },
  ];
}
