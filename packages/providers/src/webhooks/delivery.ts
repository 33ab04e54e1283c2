import type { Instant } from '@holdfast/kernel';
import type { Mode } from '../port/descriptor.ts';
import type { WebhookEndpoint } from './endpoint.ts';
import type { Headers } from './read-header.ts';

/** A webhook as it came in from outside. */
export interface ReceivedWebhook {
  readonly headers: Headers;
  /** Taken before any parser has touched the body. */
  readonly rawBody: Uint8Array;
  /** By the receiver's clock. */
  readonly receivedAt: Instant;
}

/** A delivery whose signature is right: what the inbox stores. Only a verifier makes one. */
export interface VerifiedDelivery {
  readonly endpoint: string;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  /** The name of the event, the same each time it is sent, where the scheme signs one. */
  readonly event?: string;
  readonly signedAt?: Instant;
  readonly receivedAt: Instant;
  /** Without what could be a secret. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/**
 * Makes the delivery of what a scheme has verified.
 *
 * @source docs/rules/providers.md, W-7
 */
export function verifiedDelivery(
  { id, provider, account, mode }: WebhookEndpoint,
  { headers, receivedAt }: ReceivedWebhook,
  verified: { readonly body: Uint8Array; readonly event?: string; readonly signedAt?: Instant },
): VerifiedDelivery {
  return { endpoint: id, provider, account, mode, receivedAt, headers: withoutSecrets(headers), ...verified };
}

/** Keeps what helps to read a body again: no header that could carry a secret, no list, nothing long. */
function withoutSecrets(headers: Headers): { readonly [name: string]: string } {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || !NAME.test(name) || SECRET.test(name)) continue;
    if (kept.length < MOST_HEADERS) kept.push([name.toLowerCase(), value.slice(0, MOST_CHARACTERS).toWellFormed()]);
  }
  return Object.fromEntries(kept);
}

const NAME = /^[A-Za-z0-9-]{1,64}$/;
const SECRET = /auth|cookie|signature|secret|token|key|pass|credential|session|cert/i;
const MOST_HEADERS = 30;
const MOST_CHARACTERS = 200;
