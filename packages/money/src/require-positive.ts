import { err, ok, type Result } from 'neverthrow';
import type { Money } from './amount.ts';
import { formatDecimal } from './format-decimal.ts';
import { type AmountSign, refusal } from './refusals.ts';

/**
 * Lets an amount through that is more than zero.
 *
 * @param amount - Any amount.
 * @param field - The name of the field for the refusal.
 * @returns The same amount.
 *
 * @errors
 * - `amount_sign`: zero or less.
 */
export function requirePositive<Code extends string>(
  amount: Money<Code>,
  field = 'amount',
): Result<Money<Code>, AmountSign> {
  if (amount.minor > 0n) return ok(amount);
  return err(refusal('amount_sign', formatDecimal(amount), { field, allowed: 'more than zero' }));
}
