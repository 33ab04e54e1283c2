import {
  checkTolerance,
  type ReceivedWebhook,
  readHeader,
  readJson,
  readRawBody,
  type VerifiedDelivery,
  verifiedDelivery,
  verifyHmac,
  type WebhookEndpoint,
  type WebhookRefusal,
} from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { fieldOf } from '../send.ts';

/**
 * Verifies a webhook of Stripe's over its raw bytes: `Stripe-Signature: t=…,v1=…`, HMAC-SHA256 of `t.body`. Unlike Stripe's own
 * client it refuses a timestamp that lies ahead, too.
 *
 * @errors
 * - `raw_body_required`, `body_too_large`: the body is not the raw one.
 * - `signature_invalid`: the header is missing, came more than once, has not exactly one `t`, has no `v1`, or fits no secret.
 * - `signature_stale`: the signature is right, and too old or too far ahead.
 *
 * @source docs/rules/provider-stripe.md, ST-11
 */
export function verifyStripeWebhook(
  endpoint: WebhookEndpoint,
  received: ReceivedWebhook,
): Result<VerifiedDelivery, WebhookRefusal> {
  const { headers, rawBody, receivedAt } = received;
  const taken = readRawBody(rawBody);
  if (taken.isErr()) return err(taken.error);
  const given = readHeader(headers, header);
  if (given.isErr()) return err(given.error);
  const parts = partsOf(given.value);
  if (parts === undefined) return err({ code: 'signature_invalid', header, reason: 'malformed' });
  const { signedAt, signatures } = parts;
  if (signatures.length === 0) return err({ code: 'signature_invalid', header, reason: 'scheme' });
  const content = [`${signedAt}.`, taken.value];
  const right = verifyHmac(endpoint, { algorithm: 'sha256', content, signatures, encoding: 'hex', header }, receivedAt);
  if (right.isErr()) return err(right.error);
  // After the signature, so that who has no secret learns nothing of our clock.
  const at = checkTolerance(endpoint, { signedAt, receivedAt, header });
  if (at.isErr()) return err(at.error);
  // Nothing below refuses: a body that cannot be read is stored, too.
  const event = eventOf(taken.value);
  const verified = { body: taken.value, signedAt: at.value, ...(event === undefined ? {} : { event }) };
  return ok(verifiedDelivery(endpoint, received, verified));
}

const header = 'stripe-signature';

function partsOf(text: string): { readonly signedAt: string; readonly signatures: readonly string[] } | undefined {
  const pairs = text.split(',').map((part) => {
    const at = part.indexOf('=');
    return at < 1 ? undefined : { name: part.slice(0, at), value: part.slice(at + 1) };
  });
  if (pairs.includes(undefined)) return undefined;
  const named = (name: string) => pairs.flatMap((pair) => (pair?.name === name ? [pair.value] : []));
  const [signedAt, ...more] = named('t');
  if (signedAt === undefined || more.length > 0) return undefined;
  return { signedAt, signatures: named('v1') };
}

function eventOf(body: Uint8Array): string | undefined {
  const json = readJson(body);
  const id = json.isOk() ? fieldOf(json.value, 'id') : undefined;
  return typeof id === 'string' && /^[A-Za-z0-9_]{1,255}$/.test(id) ? id : undefined;
}
