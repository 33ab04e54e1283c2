import { err, ok, type Result } from 'neverthrow';
import type { ConsentMissing } from './refusals.ts';

/**
 * Tells whether a ticket held in parts may bid: its parts win together, so that all who hold one must agree to the bid.
 *
 * @param holders - All who hold a part.
 * @param consenting - Who has agreed, the bidder among them.
 * @returns The holders.
 *
 * @errors
 * - `consent_missing`: names those who have not agreed.
 * @source docs/rules/chit-fund.md, CF-21
 */
export function checkConsent(
  holders: readonly string[],
  consenting: readonly string[],
): Result<readonly string[], ConsentMissing> {
  const missing = holders.filter((holder) => !consenting.includes(holder));
  return missing.length === 0 ? ok(holders) : err({ code: 'consent_missing', holders: missing });
}
