import { findCurrency, type Money, money } from '@holdfast/money';
import type { Operation, Provider, Send } from '@holdfast/providers';
import { type StripePeer, type StripePeerOptions, startStripePeer } from '@holdfast/stripe-peer';
import Stripe from 'stripe';
import { createStripeProvider, type StripeProviderOptions } from '../src/index.ts';

/** A peer, the real SDK on it, and the provider on the SDK. */
export interface PeerWorld {
  readonly peer: StripePeer;
  readonly stripe: Stripe;
  readonly provider: Provider<'sandbox'>;
  close(): Promise<void>;
}

/** Starts a world with funds for transfers. */
export async function openPeerWorld(
  options: {
    readonly peer?: StripePeerOptions;
    readonly provider?: Partial<StripeProviderOptions<'sandbox'>>;
    readonly key?: string;
  } = {},
): Promise<PeerWorld> {
  const peer = await startStripePeer(options.peer);
  const stripe = clientOf(peer, options.key);
  const provider = createStripeProvider({ stripe, account: 'acct_platform', mode: 'sandbox', ...options.provider });
  await peer.fund('usd', 1_000_000n);
  return { peer, stripe, provider, close: () => peer.close() };
}

/** The real SDK, on the peer. Its agent keeps no socket, so that none is left open. */
export function clientOf({ host, port }: { host: string; port: number }, key = 'sk_test_peer'): Stripe {
  return new Stripe(key, { host, port, protocol: 'http', telemetry: false });
}

/** An amount of a currency by its code, in its smallest units. */
export function minor(count: bigint, code = 'USD'): Money {
  const currency = findCurrency(code);
  if (currency.isErr()) throw new Error(code);
  return money(count, currency.value);
}

/** A transfer of 12.34 to Bob. */
export function transferOf(changes: Partial<Operation> = {}): Operation {
  return {
    kind: 'transfer',
    reference: 'payout-7',
    amount: minor(1234n),
    destination: 'acct_bob',
    metadata: { book: 'main', payout: 'payout-7', attempt: 'payout-7-1', epoch: '0' },
    ...changes,
  };
}

/** The send of an operation, as the attempt stores it. */
export function sendOf(provider: Provider, operation: Operation, key = 'payout-7-1'): Send {
  return { operation, key, body: provider.encode(operation) };
}

/** A signal that never fires. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
