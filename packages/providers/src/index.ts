export type {
  Descriptor,
  Idempotency,
  LookupPower,
  Mode,
  OperationKind,
  OperationPower,
  WebhookFacts,
} from './port/descriptor.ts';
export type { Observation, ObservedReturn, ObservedStatus } from './port/observation.ts';
export type { Operation, Send } from './port/operation.ts';
export type {
  Accepted,
  ActionRequired,
  Conflict,
  NotSent,
  Rejected,
  RejectionAdvice,
  SubmitOutcome,
  Unknown,
} from './port/outcome.ts';
export type { Lookup, Provider, ProviderFault, ProviderQuote } from './port/provider.ts';
export { checkTolerance } from './webhooks/check-tolerance.ts';
export type { ReceivedWebhook, VerifiedDelivery } from './webhooks/delivery.ts';
export { verifiedDelivery } from './webhooks/delivery.ts';
export type { EndpointOptions, EndpointSecret, WebhookEndpoint } from './webhooks/endpoint.ts';
export { defineEndpoint } from './webhooks/endpoint.ts';
export type { Headers } from './webhooks/read-header.ts';
export { readHeader } from './webhooks/read-header.ts';
export type { JsonUnreadable, NumberText, ReceivedJson } from './webhooks/read-json.ts';
export { readJson } from './webhooks/read-json.ts';
export { MOST_BODY_BYTES, readRawBody } from './webhooks/read-raw-body.ts';
export type {
  BodyTooLarge,
  RawBodyRequired,
  SecretInvalid,
  SignatureInvalid,
  SignatureStale,
  WebhookRefusal,
} from './webhooks/refusals.ts';
export type { SecretKey, SecretReader } from './webhooks/secret.ts';
export { literalSecret, standardSecret } from './webhooks/secret.ts';
export { signStandardWebhook } from './webhooks/sign-standard-webhook.ts';
export type { HmacSigned } from './webhooks/verify-hmac.ts';
export { verifyHmac } from './webhooks/verify-hmac.ts';
export { verifyStandardWebhook } from './webhooks/verify-standard-webhook.ts';
