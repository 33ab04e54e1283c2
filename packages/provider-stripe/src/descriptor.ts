import { days, hours, minutes } from '@holdfast/kernel';
import type { Descriptor, OperationPower } from '@holdfast/providers';

/**
 * Tells what Stripe's API v1 can do, as data.
 *
 * @source docs/rules/provider-stripe.md, ST-4
 */
export function describeStripe<M extends 'live' | 'sandbox'>({
  id,
  account,
  mode,
}: {
  readonly id: string;
  readonly account: string;
  readonly mode: M;
}): Descriptor<M> {
  return {
    id,
    account,
    mode,
    operations: {
      collect: power,
      capture: power,
      void: power,
      // One that has succeeded may still fail: the customer's bank has 30 days to send it back.
      refund: { ...power, revocableFor: days(30) },
      transfer: power,
      reverse_transfer: power,
      // A payout that is paid may still fail, within five business days.
      payout: { ...power, revocableFor: days(7) },
      cancel_payout: power,
    },
    webhook: { scheme: 'stripe-v1', tolerance: minutes(5), ackStatus: 200, pushesFailures: true },
  };
}

const power: OperationPower = {
  currencies: 'any',
  // "You can remove keys from the system automatically after they're at least 24 hours old", a stored 500 with them.
  idempotency: { mechanism: 'key', retention: hours(24), replaysErrors: true, marksReplays: true },
  // Lists, never the search, which lags by a minute and at times by an hour.
  lookup: { consistency: 'strong' },
  inFlightHorizon: minutes(5),
  repairHorizon: hours(24),
};
