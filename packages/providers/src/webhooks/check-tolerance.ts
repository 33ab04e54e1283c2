import { type Instant, instantAt } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { WebhookEndpoint } from './endpoint.ts';
import type { SignatureInvalid, SignatureStale } from './refusals.ts';

/**
 * Checks the signed instant of a delivery against the receiver's clock, both ways, in whole seconds.
 *
 * @param signedAt - Seconds since 1970, as the header has them: plain digits without a sign, a zero in front or an exponent.
 * @returns The instant that was signed.
 *
 * @errors
 * - `signature_invalid`: `malformed`, where the text is no count of seconds before the year 5138.
 * - `signature_stale`: more than the endpoint's tolerance ago, or ahead.
 *
 * @source docs/rules/providers.md, W-6
 */
export function checkTolerance(
  { toleranceMs }: Pick<WebhookEndpoint, 'toleranceMs'>,
  {
    signedAt,
    receivedAt,
    header,
  }: { readonly signedAt: string; readonly receivedAt: Instant; readonly header: string },
): Result<Instant, SignatureInvalid | SignatureStale> {
  if (!SECONDS.test(signedAt)) return err({ code: 'signature_invalid', header, reason: 'malformed' });
  const seconds = Number(signedAt);
  const at = instantAt(seconds * 1_000);
  const now = Math.floor(Date.parse(receivedAt) / 1_000);
  if (Math.abs(now - seconds) * 1_000 <= toleranceMs) return ok(at);
  return err({ code: 'signature_stale', signedAt: at, receivedAt, toleranceMs });
}

const SECONDS = /^(?:0|[1-9][0-9]{0,10})$/;
