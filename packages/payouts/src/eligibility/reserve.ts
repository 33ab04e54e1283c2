import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import { type Money, type Rate, type Rounding, share, subtract } from '@holdfast/money';

/** A part of each earning that is kept back for a while. */
export interface ReservePolicy {
  readonly rate: Rate;
  readonly for: Duration;
  /** Of the reserve; what is free is the rest. `halfUp` where it is absent. */
  readonly rounding?: Rounding;
}

/** An earning in two: what may be paid out in its time, and what is kept back until a date. */
export interface Reserved {
  readonly free: Money;
  readonly held: Money;
  /** A UTC midnight. */
  readonly releaseAt: Instant;
}

/**
 * Splits an earning into what is free and what is kept back; the two sum to the whole. A reserve is an obligation of its own that is eligible at
 * its release.
 *
 * @param at - When it was earned.
 * @source docs/rules/payouts.md, P-11
 */
export function splitReserve(net: Money, policy: ReservePolicy, at: Instant): Reserved {
  const held = share(net, policy.rate, policy.rounding ?? 'halfUp');
  return { held, free: subtract(net, held), releaseAt: midnightFrom(addDuration(at, policy.for)) };
}

function midnightFrom(at: Instant): Instant {
  const midnight = `${at.slice(0, 10)}T00:00:00.000Z`;
  return at === midnight ? at : addDuration(midnight, { ms: 86_400_000 });
}
