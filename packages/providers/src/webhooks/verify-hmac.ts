import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { WebhookEndpoint } from './endpoint.ts';
import type { SignatureInvalid } from './refusals.ts';
import { readBase64 } from './secret.ts';

/** A signature by HMAC, as a scheme of a provider takes it apart. */
export interface HmacSigned {
  readonly algorithm: 'sha256' | 'sha512';
  /** What was signed, part after part: texts as UTF-8. */
  readonly content: readonly (string | Uint8Array)[];
  /** The signatures that the delivery carries: 1 to 10. One that cannot be one fits nothing. */
  readonly signatures: readonly string[];
  /** `hex` in lower case, or `base64` with its padding. Nothing else is read. */
  readonly encoding: 'hex' | 'base64';
  /** The header of the signatures, for the refusal. */
  readonly header: string;
}

/**
 * Checks a signature by HMAC against every secret of an endpoint. What it takes does not depend on which secret or signature fits.
 *
 * @param receivedAt - Decides which secrets are still believed.
 *
 * @errors
 * - `signature_invalid`: `missing` without signatures, `too_many` of them, `mismatch`, or `secret_ended` where it fits only a secret whose time is over.
 *
 * @source docs/rules/providers.md, W-1, W-5
 */
export function verifyHmac(
  endpoint: WebhookEndpoint,
  signed: HmacSigned,
  receivedAt: Instant,
): Result<undefined, SignatureInvalid> {
  const { algorithm, content, signatures, encoding, header } = signed;
  const refused = (reason: SignatureInvalid['reason']) => err({ code: 'signature_invalid', header, reason } as const);
  if (signatures.length === 0) return refused('missing');
  if (signatures.length > MOST_SIGNATURES) return refused('too_many');
  const given = signatures.map((text) => decode(text, encoding));
  let fits = false;
  let ended = false;
  for (const { scheme, key, endsAt } of endpoint.keys) {
    if (scheme !== 'hmac') continue;
    const made = createHmac(algorithm, key);
    for (const part of content) made.update(part);
    const digest = made.digest();
    const equal = given
      .map((bytes) => bytes?.length === digest.length && timingSafeEqual(bytes, digest))
      .includes(true);
    if (endsAt === undefined || receivedAt < endsAt) fits = equal || fits;
    else ended = equal || ended;
  }
  if (fits) return ok(undefined);
  return refused(ended ? 'secret_ended' : 'mismatch');
}

function decode(text: string, encoding: HmacSigned['encoding']): Buffer | undefined {
  if (encoding === 'base64') return readBase64(text);
  return HEX.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** The most signatures that a delivery may carry: a sender that changes its secret sends two. */
export const MOST_SIGNATURES = 10;
const HEX = /^(?:[0-9a-f]{2})+$/;
