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
