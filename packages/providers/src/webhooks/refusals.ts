import type { Instant, Refusal } from '@holdfast/kernel';

/**
 * A secret of a webhook endpoint cannot be one, or the endpoint has none. Nothing of the secret itself is said.
 *
 * @severity mistake
 * @retry no
 */
export interface SecretInvalid extends Refusal<'secret_invalid'> {
  /** Where, such as `secrets[0].secret`. */
  readonly field: string;
  readonly allowed: string;
}

/**
 * The raw bytes of the body are needed: what was parsed and written again has other bytes, and no signature fits it.
 *
 * @severity mistake
 * @retry no
 */
export interface RawBodyRequired extends Refusal<'raw_body_required'> {
  /** What was given, cut to 64 characters. */
  readonly given: string;
  readonly allowed: string;
}

/**
 * The body is larger than a webhook may be.
 *
 * @severity alarm
 * @retry no
 */
export interface BodyTooLarge extends Refusal<'body_too_large'> {
  readonly bytes: number;
  readonly most: number;
}

/**
 * The delivery does not carry a signature that one of the endpoint's secrets made over exactly this body.
 *
 * @severity alarm
 * @retry no
 */
export interface SignatureInvalid extends Refusal<'signature_invalid'> {
  /** The header that it is about, or `signature` where none is named. */
  readonly header: string;
  readonly reason: /** The header is not there or empty. */
    | 'missing'
    /** The header came more than once. */
    | 'several'
    /** The header is not of its form. */
    | 'malformed'
    /** None of the signatures is of a scheme that this endpoint takes. */
    | 'scheme'
    /** More signatures than anybody sends. */
    | 'too_many'
    /** No secret of this endpoint made it over this body. */
    | 'mismatch'
    /** It is of a secret whose time is over. */
    | 'secret_ended';
}

/**
 * The delivery was signed too long ago, or too far ahead, by the receiver's clock.
 *
 * @severity alarm
 * @retry no; the sender signs anew when it sends again
 */
export interface SignatureStale extends Refusal<'signature_stale'> {
  readonly signedAt: Instant;
  readonly receivedAt: Instant;
  /** In milliseconds, both ways. */
  readonly toleranceMs: number;
}

/** Why a delivery is not believed. It is then not looked into any further, and never stored. */
export type WebhookRefusal = RawBodyRequired | BodyTooLarge | SignatureInvalid | SignatureStale;
