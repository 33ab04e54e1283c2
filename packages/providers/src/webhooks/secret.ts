import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { Instant } from '@holdfast/kernel';

/** A key that checks signatures. The key object shows none of its bytes when it is printed. */
export interface SecretKey {
  readonly scheme: 'hmac' | 'ed25519';
  readonly key: KeyObject;
  readonly endsAt?: Instant;
}

/** Makes a key of a secret as a provider shows it, or says what would be allowed. */
export type SecretReader = (secret: string) => SecretKey | string;

/**
 * Reads a secret of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64 for HMAC, or `whpk_` and the 32 bytes of an ed25519 key.
 *
 * @source docs/rules/providers.md, W-2
 */
export function standardSecret(secret: string): SecretKey | string {
  if (secret.startsWith('whsec_')) {
    const bytes = readBase64(secret.slice(6));
    if (!bytes || bytes.length < 24 || bytes.length > 64) return 'whsec_ and 24 to 64 bytes in base64';
    return { scheme: 'hmac', key: createSecretKey(bytes) };
  }
  if (secret.startsWith('whpk_')) {
    const bytes = readBase64(secret.slice(5));
    if (bytes?.length !== 32) return 'whpk_ and the 32 bytes of an ed25519 key in base64';
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
    return { scheme: 'ed25519', key: createPublicKey({ key: jwk, format: 'jwk' }) };
  }
  if (secret.startsWith('whsk_')) return 'the public half, whpk_: whsk_ signs, and belongs to the sender alone';
  return 'whsec_ or whpk_, and bytes in base64';
}

/**
 * Reads a secret whose own characters are the key, as Stripe and SHKeeper have it.
 *
 * @source docs/rules/providers.md, W-2
 */
export function literalSecret(secret: string): SecretKey | string {
  if (!LITERAL.test(secret)) return '16 to 256 printable ASCII characters without spaces';
  return { scheme: 'hmac', key: createSecretKey(Buffer.from(secret, 'utf8')) };
}

/** Reads base64 in its one canonical form; nothing where the text is anything else. */
export function readBase64(text: string): Buffer | undefined {
  if (text.length === 0 || text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

const LITERAL = /^[!-~]{16,256}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
