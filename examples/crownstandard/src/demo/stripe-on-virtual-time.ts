import Stripe from 'stripe';

/**
 * Makes the SDK's own client for a peer on loopback, which waits for nothing: after a cut connection it repeats the call once, whatever it is told, half a
 * second later by the clock of the process, and on the demo's clock nothing happens meanwhile.
 */
export function stripeOnVirtualTime({ host, port }: { readonly host: string; readonly port: number }): Stripe {
  return new StripeOnVirtualTime('sk_test_peer', {
    host,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

class StripeOnVirtualTime extends Stripe {
  override getInitialNetworkRetryDelay(): number {
    return 0;
  }
}
