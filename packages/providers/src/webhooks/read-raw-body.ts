import { show } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { BodyTooLarge, RawBodyRequired } from './refusals.ts';

/** The largest body of a webhook, in bytes. Senders keep to a twentieth of it. */
export const MOST_BODY_BYTES = 524_288;

/**
 * Takes the raw bytes of a body: a copy, which later changes of the caller's buffer do not reach. Texts and parsed bodies are refused.
 *
 * @errors
 * - `raw_body_required`: anything but bytes.
 * - `body_too_large`: more than {@link MOST_BODY_BYTES}.
 *
 * @source docs/rules/providers.md, W-4
 */
export function readRawBody(rawBody: unknown): Result<Uint8Array, RawBodyRequired | BodyTooLarge> {
  if (!(rawBody instanceof Uint8Array)) {
    return err({
      code: 'raw_body_required',
      given: show(rawBody),
      allowed: 'the raw bytes of the body, as a Uint8Array or Buffer: take them before any parser does',
    });
  }
  const bytes = rawBody.byteLength;
  if (bytes > MOST_BODY_BYTES) return err({ code: 'body_too_large', bytes, most: MOST_BODY_BYTES });
  return ok(Uint8Array.from(rawBody));
}
