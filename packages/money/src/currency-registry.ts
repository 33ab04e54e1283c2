import { err, ok, type Result } from 'neverthrow';
import { type CurrencyRegistry, currencies } from './currencies.ts';
import { type Currency, canonicalCurrency, currencyProblem } from './currency.ts';
import { type ConfigInvalid, refusal } from './refusals.ts';

/**
 * Makes a registry of the ready-made currencies and your own.
 *
 * @param custom - Your own; one that is there already with the same scale changes nothing.
 * @returns The registry.
 *
 * @errors
 * - `config_invalid`: a code or a scale is none, or a code is there already with another scale.
 * @source docs/rules/money.md, M-3
 */
export function currencyRegistry(custom: readonly Currency[]): Result<CurrencyRegistry, ConfigInvalid> {
  const registry = new Map(currencies);
  for (const { code, scale } of custom) {
    const problem = currencyProblem(code, scale) ?? conflict(registry.get(code), scale);
    if (problem !== undefined) {
      return err(refusal('config_invalid', code, { field: 'currency', allowed: `no currency where ${problem}` }));
    }
    registry.set(code, canonicalCurrency({ code, scale }));
  }
  return ok(registry);
}

function conflict(existing: Currency | undefined, scale: number): string | undefined {
  if (existing === undefined || existing.scale === scale) return undefined;
  return `${existing.code} is defined with ${existing.scale} decimals and again with ${scale}`;
}
