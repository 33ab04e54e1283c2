import { err, ok, type Result } from 'neverthrow';
import { amountOf, assertSameCurrency, LARGEST_MINOR, type Money } from './amount.ts';
import { type Currency, canonicalCurrency, isSameCurrency } from './currency.ts';
import { type AmountRange, type CurrencyMismatch, refusal } from './refusals.ts';
import { zero } from './zero.ts';

/**
 * Adds up any number of amounts of one currency.
 *
 * @param amounts - The amounts; amounts of another known currency do not compile.
 * @param currency - What they are in, so that an empty list has a sum too.
 * @returns Their sum; zero for none. Only the sum must have at most 38 digits, not each step on the way.
 * @throws A defect: `currency_mismatch` where the currencies were not known and differ, `amount_range` past 38 digits.
 */
export function sum<Code extends string>(
  amounts: Iterable<Money<NoInfer<Code>>>,
  currency: Currency<Code>,
): Money<Code> {
  const nothing = zero(currency);
  let minor = 0n;
  for (const amount of amounts) {
    assertSameCurrency(nothing, amount);
    minor += amount.minor;
  }
  return amountOf(minor, nothing.currency);
}

/**
 * Adds up amounts that came from outside, where another currency or a sum past 38 digits is a refusal and no bug.
 *
 * @param amounts - The amounts.
 * @param currency - What they must be in.
 * @param field - The name of the field for the refusal.
 * @returns Their sum; zero for none.
 *
 * @errors
 * - `currency_mismatch`: an amount is in another currency.
 * - `amount_range`: the sum has more than 38 digits.
 */
export function trySum<Code extends string>(
  amounts: Iterable<Money>,
  currency: Currency<Code>,
  field = 'amount',
): Result<Money<Code>, CurrencyMismatch | AmountRange> {
  const known = canonicalCurrency(currency);
  let minor = 0n;
  for (const amount of amounts) {
    if (!isSameCurrency(known, amount.currency)) {
      return err(refusal('currency_mismatch', amount.toString(), { field, allowed: `amounts in ${known.code}` }));
    }
    minor += amount.minor;
  }
  if (minor > LARGEST_MINOR || minor < -LARGEST_MINOR) {
    return err(refusal('amount_range', minor, { field, allowed: 'a sum of at most 38 digits' }));
  }
  return ok(amountOf(minor, known));
}
