import type { Duration } from '@holdfast/kernel';

/** Where an answer comes from: real money, a provider's own test side, or a simulation in this process. */
export type Mode = 'live' | 'sandbox' | 'simulated';

/** Every kind of operation: what a provider can be asked to do with money. */
export const operationKinds = [
  'collect',
  'capture',
  'void',
  'refund',
  'transfer',
  'reverse_transfer',
  'payout',
  'cancel_payout',
] as const;

/** What a provider can be asked to do with money. */
export type OperationKind = (typeof operationKinds)[number];

/** How a provider keeps a second send under one key from moving money again: while it keeps a key, the key has at most one success. */
export interface Idempotency {
  readonly mechanism: 'key' | 'client_reference' | 'none';
  /** How long a key is remembered at least, from its first use. Undefined: for ever. */
  readonly retention?: Duration;
  /** Whether an answer of the error kind is given again under the same key. */
  readonly replaysErrors: boolean;
  /** Whether a replayed answer says that it is one. */
  readonly marksReplays: boolean;
}

/** What a look-up by our reference proves. */
export interface LookupPower {
  /** `strong`: what was executed is found at once. `eventual`: not before the lag. `none`: there is no look-up by our reference. */
  readonly consistency: 'strong' | 'eventual' | 'none';
  readonly lag?: Duration;
}

/** What holds of one kind of operation at a provider. */
export interface OperationPower {
  /** ISO codes, or `any`. */
  readonly currencies: readonly string[] | 'any';
  readonly idempotency: Idempotency;
  readonly lookup: LookupPower;
  /** How long a send without an answer may still be executed. */
  readonly inFlightHorizon: Duration;
  /** How long the provider may take to repair what it answered with a 5xx. */
  readonly repairHorizon: Duration;
  /** How long a success may still be taken back. */
  readonly revocableFor?: Duration;
}

/** What a provider's webhooks promise. */
export interface WebhookFacts {
  readonly scheme: string;
  /** How far the signed instant may lie from ours, both ways. */
  readonly tolerance: Duration;
  /** The status that tells the provider not to send again. */
  readonly ackStatus: number;
  readonly pushesFailures: boolean;
}

/** What a provider is and can do, as data: routing, attempts and reconciliation rest on it. */
export interface Descriptor<M extends Mode = Mode> {
  /** Names the provider, such as `stripe`. */
  readonly id: string;
  /** Our account at the provider. */
  readonly account: string;
  readonly mode: M;
  readonly operations: { readonly [Kind in OperationKind]?: OperationPower };
  readonly webhook?: WebhookFacts;
}
