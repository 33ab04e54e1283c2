export type { StripeClient, StripeRequestEvent } from './client.ts';
export { createStripeProvider, type StripeProviderOptions } from './create-stripe-provider.ts';
export type { StripeDispute } from './dispute-of.ts';
export type { MoreParameters } from './encode-operation.ts';
export type { FormFields } from './form.ts';
export { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
export {
  parseStripeEvent,
  type StripeEvent,
  type StripeLookUp,
} from './webhook/parse-stripe-event.ts';
export type { StripeEventRefusal, StripeEventUnreadable, StripeModeMismatch } from './webhook/refusals.ts';
export { stripeEndpoint } from './webhook/stripe-endpoint.ts';
export { type StripeReaderOptions, stripeWebhookReader } from './webhook/stripe-webhook-reader.ts';
export { verifyStripeWebhook } from './webhook/verify-stripe-webhook.ts';
