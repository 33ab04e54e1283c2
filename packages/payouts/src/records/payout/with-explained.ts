import { add, subtract, zero } from '@holdfast/money';
import type { SuspenseExplained } from './events.ts';
import type { AttemptShare, PayoutAttempt } from './payout.ts';

/** Gives an attempt of which some money is known to have been an obligation's. */
export function withExplained(one: PayoutAttempt, explained: SuspenseExplained['explained']): PayoutAttempt {
  let { shares } = one;
  for (const { attempt, obligation, amount } of explained) {
    if (attempt !== one.attempt.number) continue;
    const nothing = zero(amount.currency);
    const known = shares.find((share) => share.obligation === obligation);
    const share: AttemptShare = known ?? {
      obligation,
      transit: nothing,
      paid: nothing,
      returned: nothing,
      fee: nothing,
    };
    const others = shares
      .filter((other) => other !== known)
      .map((other) => (other.obligation === null ? { ...other, paid: subtract(other.paid, amount) } : other));
    shares = [...others, { ...share, paid: add(share.paid, amount) }];
  }
  return { ...one, shares };
}
