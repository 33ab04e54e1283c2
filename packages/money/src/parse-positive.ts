import type { Result } from 'neverthrow';
import type { Money } from './amount.ts';
import type { Currency } from './currency.ts';
import { parseMoney } from './parse-money.ts';
import type { AmountRefusal } from './refusals.ts';
import { requirePositive } from './require-positive.ts';

/**
 * Reads an amount from decimal text and lets it through when it is more than zero.
 *
 * @param text - Anything; only a string such as `12.34` can be accepted.
 * @param currency - What the amount is in.
 * @param field - The name of the field for the refusal.
 * @returns The amount.
 *
 * @errors
 * - those of `parseMoney`, in its order;
 * - `amount_sign`: zero or less.
 */
export function parsePositive<Code extends string>(
  text: unknown,
  currency: Currency<Code>,
  field = 'amount',
): Result<Money<Code>, AmountRefusal> {
  return parseMoney(text, currency, field).andThen((amount) => requirePositive(amount, field));
}
