import { canonicalText } from './canonical-text.ts';
import type { Score } from './score.ts';

/**
 * Writes a score as JSON in one form only, for keeping: points and basis points are strings of digits.
 *
 * @param kept - The score.
 * @returns The same text for the same score.
 * @source docs/rules/chit-score.md, CS-7
 */
export function scoreToText(kept: Score): string {
  return canonicalText(kept);
}
