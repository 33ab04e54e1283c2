import type { Money } from '@holdfast/money';
import type { ObservedDispute } from '@holdfast/providers';
import type { z } from 'zod';
import type { dispute } from './objects.ts';
import { redact } from './redact.ts';
import { fromStripeAmount } from './stripe-amount.ts';

/** A dispute of a payment, as far as holding money needs it. */
export interface StripeDispute extends ObservedDispute {
  /** The payment intent, or the charge where there is none. */
  readonly object: string;
  readonly amount: Money;
  readonly rawStatus: string;
}

/**
 * Reads a dispute of Stripe's; nothing where its amount or its payment cannot be read. Anything not known is open.
 *
 * @source docs/rules/provider-stripe.md, ST-12
 */
export function disputeOf({
  id,
  status,
  reason,
  payment_intent: intent,
  charge,
  amount: counted,
  currency,
}: z.infer<typeof dispute>): StripeDispute | undefined {
  const amount = fromStripeAmount(counted, currency);
  const object = intent ?? charge;
  if (amount === undefined || !object) return undefined;
  const standing = status === 'lost' ? 'lost' : ended.has(status) ? 'ended' : 'open';
  return { id, object, amount, standing, rawStatus: redact(status), ...(reason ? { reason: redact(reason) } : {}) };
}

const ended: ReadonlySet<string> = new Set(['won', 'warning_closed', 'prevented']);
