import { err, ok, type Result } from 'neverthrow';
import type { Money } from './amount.ts';
import { type Currency, isSameCurrency } from './currency.ts';
import { type CurrencyMismatch, refusal } from './refusals.ts';

/**
 * Tells whether an amount is in a currency, and narrows its type where it is.
 *
 * @param amount - An amount of any currency.
 * @param currency - The currency that is asked for.
 * @returns Whether code and scale are the same.
 */
export function isIn<Code extends string>(amount: Money, currency: Currency<Code>): amount is Money<Code> {
  return isSameCurrency(amount.currency, currency);
}

/**
 * Narrows an amount of any currency to the one that is asked for.
 *
 * @param amount - An amount of any currency.
 * @param currency - The currency that is asked for.
 * @param field - The name of the field for the refusal.
 * @returns The same amount, typed.
 *
 * @errors
 * - `currency_mismatch`: it is in another currency, or in one of the same code with other decimals.
 */
export function asMoneyOf<Code extends string>(
  amount: Money,
  currency: Currency<Code>,
  field = 'amount',
): Result<Money<Code>, CurrencyMismatch> {
  if (isIn(amount, currency)) return ok(amount);
  const allowed = `an amount in ${currency.code} with ${currency.scale} decimals`;
  return err(refusal('currency_mismatch', amount.toString(), { field, allowed }));
}
