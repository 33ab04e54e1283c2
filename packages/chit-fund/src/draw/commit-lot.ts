import { createHash } from 'node:crypto';
import type { Result } from 'neverthrow';
import { readHex } from './read-hex.ts';
import type { SecretInvalid } from './refusals.ts';

/** Hex characters of a lot's seed: 32 bytes. */
const SEED_LENGTH = 64;

/**
 * Gives the commitment to a lot's seed, to be published before anything is known of the draw.
 *
 * @param seed - 32 random bytes in lower-case hex, kept secret until the draw is closed.
 * @returns SHA-256 of the 32 bytes, in hex.
 *
 * @errors
 * - `secret_invalid`: no 64 lower-case hex characters; the refusal does not repeat them.
 * @source docs/rules/chit-fund.md, CF-23
 */
export function commitLot(seed: string): Result<string, SecretInvalid> {
  return readHex(seed, 'seed', { least: SEED_LENGTH, most: SEED_LENGTH }).map((hex) =>
    createHash('sha256').update(hex, 'hex').digest('hex'),
  );
}
