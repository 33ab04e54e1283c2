import { err, ok, type Result } from 'neverthrow';
import { type CurrencyRegistry, currencies } from './currencies.ts';
import type { Currency } from './currency.ts';
import { type CurrencyUnknown, refusal } from './refusals.ts';

/**
 * Finds a currency by its code. Codes are compared exactly: `eur`, `EUR ` and a Cyrillic `Е` are unknown.
 *
 * @param code - Anything; only a string can be found.
 * @param registry - Where to look; the ready-made currencies unless given.
 * @param field - The name of the field for the refusal.
 * @returns The currency.
 *
 * @errors
 * - `currency_unknown`: no string, or not in the registry.
 */
export function findCurrency(
  code: unknown,
  registry: CurrencyRegistry = currencies,
  field = 'currency',
): Result<Currency, CurrencyUnknown> {
  const found = typeof code === 'string' ? registry.get(code) : undefined;
  if (found !== undefined) return ok(found);
  return err(refusal('currency_unknown', code, { field, allowed: 'the exact code of a known currency, such as USD' }));
}
