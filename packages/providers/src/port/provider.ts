import type { Fault, Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Result } from 'neverthrow';
import type { Descriptor, Mode, OperationKind } from './descriptor.ts';
import type { Observation } from './observation.ts';
import type { Operation, Send } from './operation.ts';
import type { SubmitOutcome } from './outcome.ts';

/** A read at a provider failed; nothing was moved. */
export type ProviderFault = Fault<
  /** No connection could be had, it broke, or the provider answered with a 5xx. */
  | 'provider_unavailable'
  /** There was no answer in time. */
  | 'provider_timeout'
  /** The provider said no to the read itself: refused credentials, a throttle, something that it does not know. */
  | 'provider_refused'
  /** The answer cannot be what was asked for. */
  | 'provider_unreadable'
>;

/** What a look-up by our reference found: every object that carries it, all pages, whatever attempt or destination it was for. */
export type Lookup =
  | { readonly found: readonly Observation[] }
  /** Nothing. `conclusive` only where the provider's look-up is strong and this account and mode are the ones that were sent to. */
  | { readonly found: readonly []; readonly conclusive: boolean; readonly why: string };

/** A price for one operation, valid until an instant. */
export interface ProviderQuote {
  readonly provider: string;
  readonly give: Money;
  readonly receive: Money;
  /** What is promised at worst. */
  readonly receiveAtLeast: Money;
  readonly fees: readonly Money[];
  readonly validUntil: Instant;
}

/**
 * A payment provider. An adapter is a codec over an HTTP client that is handed in, and tells what its provider can do.
 *
 * Nothing here throws. Only {@link Provider.submit} moves money.
 */
export interface Provider<M extends Mode = Mode> {
  readonly descriptor: Descriptor<M>;
  /** Makes the exact body of a send. Pure: stored with the attempt before anything is sent. */
  encode(operation: Operation): string;
  /** Sends once. Never repeats by itself: whether to send again is decided by the attempt. */
  submit(send: Send, signal: AbortSignal): Promise<SubmitOutcome>;
  /**
   * Finds every object with our reference. Whoever knows the object that is captured, refunded, reversed or cancelled names
   * it: some providers have no other way to look such an operation up.
   */
  lookup(
    query: {
      readonly kind: OperationKind;
      readonly reference: string;
      readonly since: Instant;
      readonly object?: string;
    },
    signal: AbortSignal,
  ): Promise<Result<Lookup, ProviderFault>>;
  /** Lists everything of a kind made since an instant, oldest first, for reconciliation. */
  listSince(
    query: { readonly kind: OperationKind; readonly from: Instant; readonly to: Instant; readonly cursor?: string },
    signal: AbortSignal,
  ): Promise<Result<{ readonly observations: readonly Observation[]; readonly next?: string }, ProviderFault>>;
  /** Prices an operation, where the provider can. */
  quote?(operation: Operation, signal: AbortSignal): Promise<Result<ProviderQuote, ProviderFault>>;
  /** Asks whether the provider answers at all, without effect. */
  probe(signal: AbortSignal): Promise<Result<{ readonly at: Instant }, ProviderFault>>;
}
