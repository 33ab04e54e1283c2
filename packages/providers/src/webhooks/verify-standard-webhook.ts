import { verify } from 'node:crypto';
import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { checkTolerance } from './check-tolerance.ts';
import { type ReceivedWebhook, type VerifiedDelivery, verifiedDelivery } from './delivery.ts';
import type { WebhookEndpoint } from './endpoint.ts';
import { readHeader } from './read-header.ts';
import { readRawBody } from './read-raw-body.ts';
import type { SignatureInvalid, WebhookRefusal } from './refusals.ts';
import { readBase64 } from './secret.ts';
import { MOST_SIGNATURES, verifyHmac } from './verify-hmac.ts';

/**
 * Verifies a webhook by Standard Webhooks 1.0.0: `v1` (HMAC-SHA256) and `v1a` (ed25519), over `id.timestamp.body`.
 *
 * A signature of another version is passed over, as the standard says; one of `v1` counts only for a `whsec_` secret and one of `v1a` only for `whpk_`.
 *
 * @param received.headers - `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the same with `svix-` for the prefix.
 *
 * @errors
 * - `raw_body_required`, `body_too_large`: the body is not the raw one.
 * - `signature_invalid`: a header is missing or malformed, or no secret fits.
 * - `signature_stale`: the signature is right, and too old or too far ahead.
 *
 * @source docs/rules/providers.md, W-3, W-4, W-5, W-6
 * @example
 * {@includeCode ../../examples/receive-webhook.example.ts#verify}
 */
export function verifyStandardWebhook(
  endpoint: WebhookEndpoint,
  received: ReceivedWebhook,
  prefix: 'webhook' | 'svix' = 'webhook',
): Result<VerifiedDelivery, WebhookRefusal> {
  const { headers, rawBody, receivedAt } = received;
  const taken = readRawBody(rawBody);
  if (taken.isErr()) return err(taken.error);
  const body = taken.value;
  const id = readHeader(headers, `${prefix}-id`);
  if (id.isErr()) return err(id.error);
  if (!ID.test(id.value)) return err({ code: 'signature_invalid', header: `${prefix}-id`, reason: 'malformed' });
  const signedAt = readHeader(headers, `${prefix}-timestamp`);
  if (signedAt.isErr()) return err(signedAt.error);
  const signature = readHeader(headers, `${prefix}-signature`);
  if (signature.isErr()) return err(signature.error);
  const content = Buffer.concat([Buffer.from(`${id.value}.${signedAt.value}.`, 'utf8'), body]);
  const header = `${prefix}-signature`;
  const right = verifyAny(endpoint, { content, signature: signature.value, header }, receivedAt);
  if (right.isErr()) return err(right.error);
  // After the signature, so that who has no secret learns nothing of our clock.
  const at = checkTolerance(endpoint, { signedAt: signedAt.value, receivedAt, header: `${prefix}-timestamp` });
  if (at.isErr()) return err(at.error);
  // Nothing below refuses.
  return ok(verifiedDelivery(endpoint, received, { body, event: id.value, signedAt: at.value }));
}

interface Signed {
  readonly content: Uint8Array;
  readonly signature: string;
  readonly header: string;
}

function verifyAny(
  endpoint: WebhookEndpoint,
  { content, signature, header }: Signed,
  receivedAt: Instant,
): Result<undefined, SignatureInvalid> {
  const refused = (reason: SignatureInvalid['reason']) => err({ code: 'signature_invalid', header, reason } as const);
  const given = signature.split(' ').filter((part) => part !== '');
  if (given.length > MOST_SIGNATURES) return refused('too_many');
  const of = (version: string) =>
    given.flatMap((part) => (part.startsWith(version) ? [part.slice(version.length)] : []));
  const symmetric = of('v1,');
  const asymmetric = of('v1a,');
  if (symmetric.length + asymmetric.length === 0) return refused('scheme');
  const byKey = verifyEd25519(endpoint, { content, signatures: asymmetric }, receivedAt);
  const byHmac: Result<undefined, SignatureInvalid> =
    symmetric.length === 0
      ? refused('mismatch')
      : verifyHmac(
          endpoint,
          { algorithm: 'sha256', content: [content], signatures: symmetric, encoding: 'base64', header },
          receivedAt,
        );
  if (byKey === 'fits' || byHmac.isOk()) return ok(undefined);
  return byKey === 'ended' ? refused('secret_ended') : err(byHmac.error);
}

function verifyEd25519(
  { keys }: WebhookEndpoint,
  { content, signatures }: { readonly content: Uint8Array; readonly signatures: readonly string[] },
  receivedAt: Instant,
): 'fits' | 'ended' | 'mismatch' {
  let end: 'fits' | 'ended' | 'mismatch' = 'mismatch';
  for (const { scheme, key, endsAt } of keys) {
    if (scheme !== 'ed25519') continue;
    for (const text of signatures) {
      const bytes = readBase64(text);
      if (bytes?.length !== 64 || !verify(null, content, key, bytes)) continue;
      if (endsAt === undefined || receivedAt < endsAt) end = 'fits';
      else if (end === 'mismatch') end = 'ended';
    }
  }
  return end;
}

/** A dot would let one id and timestamp be read as another. */
const ID = /^[!-\-/-~]{1,200}$/;
