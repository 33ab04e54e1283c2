import { createHash } from 'node:crypto';
import type { Asked } from './service.ts';

/** Derives the id of what a command makes from its caller and key, so that a retry speaks of the same thing. */
export function idFromKey(kind: string, { caller, key }: Asked): string {
  return `${kind}-${createHash('sha256').update(`${caller.id}\n${key}`).digest('hex').slice(0, 32)}`;
}
