import { createHash } from 'node:crypto';

/** Gives the salt of a unit's n-th free text as a function of its key. Only for a demo whose texts are no secrets: everybody's own salts are random. */
export function saltOf(key: string, index: number): string {
  return createHash('sha256').update(`${key} ${index}`).digest('hex').slice(0, 32);
}
