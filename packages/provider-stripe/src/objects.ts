import { type Instant, instantAt } from '@holdfast/kernel';
import { z } from 'zod';

// What is read of Stripe's objects. Further fields are let through; a field that is read has to be what it says.

const id = z.string().regex(/^[A-Za-z0-9_]{1,255}$/);
/** An object that Stripe gives by its id, or whole where it was asked to. */
const idOrObject = z
  .union([id, z.object({ id })])
  .transform((one) => (typeof one === 'string' ? one : one.id))
  .nullish();
const counted = z.number().refine(Number.isSafeInteger, 'an exact whole number');
const atLeastNothing = counted.refine((count) => count >= 0, 'not negative');
const currency = z.string().regex(/^[a-z]{3}$/);
const created = z
  .int()
  .min(0)
  .max(253_402_300_799)
  .transform((seconds): Instant => instantAt(seconds * 1000));
const metadata = z
  .record(z.string(), z.string())
  .nullish()
  .transform((given) => given ?? {});
const words = z.string().max(5000).nullish();
const balanceTransaction = z
  .union([z.string(), z.object({ fee: atLeastNothing, currency })])
  .nullish()
  .transform((given) => (typeof given === 'object' && given !== null ? given : undefined));
const common = { id, created, metadata, currency, livemode: z.boolean().optional() };

export const paymentIntent = z.object({
  ...common,
  object: z.literal('payment_intent'),
  amount: atLeastNothing,
  amount_received: atLeastNothing.optional(),
  status: z.string(),
  transfer_group: words,
  client_secret: words,
  latest_charge: z
    .union([id, z.object({ id, amount_refunded: atLeastNothing, disputed: z.boolean().nullish() })])
    .nullish(),
  last_payment_error: z.object({ code: words, decline_code: words, message: words }).nullish(),
  next_action: z.object({ type: z.string(), redirect_to_url: z.object({ url: words }).nullish() }).nullish(),
});

const reversal = z.object({
  ...common,
  object: z.literal('transfer_reversal'),
  amount: atLeastNothing,
  transfer: idOrObject,
});

export { reversal as transferReversal };

export const transfer = z.object({
  ...common,
  object: z.literal('transfer'),
  amount: atLeastNothing,
  amount_reversed: atLeastNothing,
  reversed: z.boolean(),
  destination: idOrObject,
  transfer_group: words,
  balance_transaction: balanceTransaction,
  reversals: z.object({ data: z.array(reversal), has_more: z.boolean() }).optional(),
});

export const refund = z.object({
  ...common,
  object: z.literal('refund'),
  amount: atLeastNothing,
  status: z.string().nullish(),
  charge: idOrObject,
  payment_intent: idOrObject,
  failure_reason: words,
  balance_transaction: balanceTransaction,
});

export const payout = z.object({
  ...common,
  object: z.literal('payout'),
  // Stripe debits a bank account with a payout below nothing.
  amount: counted,
  status: z.string(),
  destination: idOrObject,
  failure_code: words,
  failure_message: words,
  reversed_by: idOrObject,
  balance_transaction: balanceTransaction,
});

export const charge = z.object({
  ...common,
  object: z.literal('charge'),
  amount: atLeastNothing,
  amount_captured: atLeastNothing.optional(),
  amount_refunded: atLeastNothing,
  payment_intent: idOrObject,
  transfer_group: words,
  refunds: z.object({ data: z.array(refund), has_more: z.boolean() }).nullish(),
});

export const dispute = z.object({
  ...common,
  object: z.literal('dispute'),
  amount: atLeastNothing,
  status: z.string(),
  reason: z.string().nullish(),
  charge: idOrObject,
  payment_intent: idOrObject,
});

export type PaymentIntentObject = z.infer<typeof paymentIntent>;
export type TransferObject = z.infer<typeof transfer>;
export type RefundObject = z.infer<typeof refund>;
export type PayoutObject = z.infer<typeof payout>;
export type ReversalObject = z.infer<typeof reversal>;

/** What Stripe says of an answer that failed. */
export const failure = z.object({
  error: z.object({
    type: words,
    code: words,
    decline_code: words,
    message: words,
    param: words,
  }),
});

/** A page of a list. */
export const listPage = z.object({
  object: z.literal('list'),
  data: z.array(z.unknown()),
  has_more: z.boolean(),
});

/** An event as it is delivered. */
export const event = z.object({
  id,
  object: z.literal('event'),
  type: z.string().max(200),
  created,
  livemode: z.boolean(),
  account: id.nullish(),
  data: z.object({ object: z.unknown() }),
});

/** A notification of API v2: it names an object and does not carry it. */
export const thinEvent = z.object({
  id,
  object: z.literal('v2.core.event'),
  type: z.string().max(200),
  related_object: z.object({ id, type: z.string() }).nullish(),
});
