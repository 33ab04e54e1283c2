import { createHash, randomBytes } from 'node:crypto';

/** Makes a token of 256 random bits, to be given out once. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Gives what is kept of a token: who reads the table cannot use it. No salt, since nobody guesses 256 bits. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
