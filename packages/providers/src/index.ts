export { adoptAttempt } from './attempt/adopt-attempt.ts';
export { type Absence, applyAbsence } from './attempt/apply-absence.ts';
export { applyLookup, type LookedUp } from './attempt/apply-lookup.ts';
export { applyObservation } from './attempt/apply-observation.ts';
export { applyOutcome, type SendOutcome } from './attempt/apply-outcome.ts';
export { assertAbsent } from './attempt/assert-absent.ts';
export { assertPaid } from './attempt/assert-paid.ts';
export type {
  Attempt,
  AttemptLookups,
  AttemptObject,
  AttemptResolution,
  AttemptSend,
  AttemptState,
  AttemptStatus,
  Mismatch,
  SendAnswer,
} from './attempt/attempt.ts';
export { type AttemptName, attemptKey } from './attempt/attempt-key.ts';
export { type AttemptMark, isOfAttempt, readAttemptMark } from './attempt/attempt-metadata.ts';
export type { AttemptAlarm, AttemptPosting, AttemptStep } from './attempt/attempt-step.ts';
export { decodeAttempt, encodeAttempt } from './attempt/codec.ts';
export { driveAgain } from './attempt/drive-again.ts';
export { isKeyYoung, type KeyAge, keyAge } from './attempt/key-age.ts';
export { mayResend, type ResendRefusal, type ResendStanding } from './attempt/may-resend.ts';
export { type LookupPacing, lookupPacing, nextLookup } from './attempt/next-lookup.ts';
export { inTransit } from './attempt/postings-between.ts';
export { presumeSilence } from './attempt/presume-silence.ts';
export type {
  AttemptNotEnded,
  AttemptNotFailed,
  AttemptNotSendable,
  AttemptNotWaiting,
  KeyStillGood,
  KeyTooOld,
  ListNotContinuous,
  LookUpFirst,
  ObservationNotOurs,
  PayoutNotEligible,
  ProviderNotCapable,
  SendingClosed,
  SendTooEarly,
} from './attempt/refusals.ts';
export { repairHorizonEnd } from './attempt/repair-horizon.ts';
export { sendAgain } from './attempt/send-again.ts';
export {
  type AdoptedList,
  adoptList,
  closeSending,
  openGate,
  type SendingClosure,
  type SendingGate,
  settlingTime,
} from './attempt/sending-gate.ts';
export { type AttemptPlan, type StartAttemptRefusal, startAttempt } from './attempt/start-attempt.ts';
export type { BreakerAnswer } from './breaker/ask-breaker.ts';
export { askBreaker } from './breaker/ask-breaker.ts';
export type { Breaker, BreakerCell, BreakerOptions } from './breaker/breaker.ts';
export { createBreaker, memoryCell } from './breaker/breaker.ts';
export { forceClose, forceOpen } from './breaker/force-breaker.ts';
export type { BreakerMoment } from './breaker/pass-time.ts';
export { reportResult } from './breaker/report-result.ts';
export { resultOfFault, resultOfOutcome } from './breaker/result-of.ts';
export type { BreakerSettings } from './breaker/settings.ts';
export { breakerSettings, defaultBreakerSettings } from './breaker/settings.ts';
export type {
  BreakerPermit,
  BreakerResult,
  BreakerState,
  ClosedBreaker,
  HalfOpenBreaker,
  OpenBreaker,
} from './breaker/state.ts';
export { newBreaker } from './breaker/state.ts';
export type { Bulkhead, BulkheadSettings } from './bulkhead/bulkhead.ts';
export { createBulkhead } from './bulkhead/bulkhead.ts';
export type { TimedEnd, Timer } from './bulkhead/with-timeout.ts';
export { withTimeout } from './bulkhead/with-timeout.ts';
export type { GuardedProvider } from './guard/guard-provider.ts';
export { guardProvider } from './guard/guard-provider.ts';
export type { GuardedCall, GuardOptions } from './guard/options.ts';
export type {
  AlarmDelivery,
  AnyDeliveryCommand,
  DeliveryCommands,
  ReportRouting,
  RetryDelivery,
  RoutingEnd,
  StoreDelivery,
} from './inbox/commands.ts';
export { deliveries } from './inbox/decider.ts';
export { deliveryId } from './inbox/delivery-id.ts';
export type { Delivery, DeliveryStatus, OtherBody } from './inbox/delivery-state.ts';
export type {
  DeliveryAlarmed,
  DeliveryContradicted,
  DeliveryEvent,
  DeliveryRepeated,
  DeliveryRetried,
  DeliveryRouted,
  DeliveryStored,
} from './inbox/events.ts';
export { intakeName, noAccounts } from './inbox/intake-book.ts';
export type { Inbox } from './inbox/open-inbox.ts';
export { openInbox } from './inbox/open-inbox.ts';
export type {
  InboxOptions,
  InboxTarget,
  IntakeBook,
  Knows,
  ReadableDelivery,
  WebhookReader,
} from './inbox/options.ts';
export type { ReceivedDelivery } from './inbox/receive-delivery.ts';
export type {
  DeliveryNotWaiting,
  DeliveryRefusals,
  DeliveryUnknown,
  DeliveryUnreadable,
  IntakeMismatch,
} from './inbox/refusals.ts';
export type { BodyText, StoredBody } from './inbox/stored-body.ts';
export { readBody } from './inbox/stored-body.ts';
export {
  type Descriptor,
  type Idempotency,
  type LookupPower,
  type Mode,
  type OperationKind,
  type OperationPower,
  operationKinds,
  type WebhookFacts,
} from './port/descriptor.ts';
export type { Observation, ObservedDispute, ObservedReturn, ObservedStatus } from './port/observation.ts';
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
export type {
  ModeRefused,
  NotCapable,
  ProviderClosed,
  ProviderKnown,
  ProviderUnknown,
} from './registry/refusals.ts';
export type { Closing, ProviderName, Registry, Wanted } from './registry/registry.ts';
export { createRegistry } from './registry/registry.ts';
export { isSimulated, markSimulated } from './registry/simulated-mark.ts';
export type { Backoff } from './retry/backoff.ts';
export { exponentialBackoff, fixedBackoff, noBackoff } from './retry/backoff.ts';
export type { FailedTry, RetryPolicy } from './retry/next-retry.ts';
export { nextRetry, retryPolicy } from './retry/next-retry.ts';
export { readRetryAfter } from './retry/read-retry-after.ts';
export type { WhoRetries } from './retry/who-retries.ts';
export { whoRetries } from './retry/who-retries.ts';
export {
  createSimulatedProvider,
  type SimulatedProvider,
  type SimulatedProviderOptions,
  type SimulatedTrip,
} from './simulated/create-simulated-provider.ts';
export { type FaultRandom, type FaultRates, roughFaults, seededFaults } from './simulated/seeded-faults.ts';
export { simulatedDescriptor, simulatedPower } from './simulated/simulated-descriptor.ts';
export { type SimulatedFault, simulatedFaults } from './simulated/simulated-fault.ts';
export type { SimulatedObject } from './simulated/simulated-object.ts';
export { type SimulatedEvent, SimulatedPeer, type SimulatedPeerOptions } from './simulated/simulated-peer.ts';
export { type SimulatedDelivery, webhookDeliveries } from './simulated/webhook-deliveries.ts';
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
