/** What Stripe's client tells listeners of each request that it writes to the network. */
export interface StripeRequestEvent {
  readonly idempotency_key?: string;
}

/** The part of the `stripe` SDK's client that is used: hand in `new Stripe(key)` of version 22 or 23. */
export interface StripeClient {
  /** Sends one request and gives the answer's body. */
  rawRequest(
    method: string,
    path: string,
    params?: { readonly [name: string]: string },
    options?: { readonly idempotencyKey?: string; readonly maxNetworkRetries?: number; readonly timeout?: number },
  ): Promise<unknown>;
  /** Lets a listener know of each request that is written to the network. */
  on(event: 'request', listener: (event: StripeRequestEvent) => void): void;
}
