import { type Currency, canonicalCurrency } from './currency.ts';
import { defineCurrency } from './define-currency.ts';
import { iso4217 } from './iso-4217.ts';

/** US dollar, and the maker of its literals: `usd('12.34')`. */
export const usd = /* @__PURE__ */ defineCurrency('USD', 2);
/** Euro, and the maker of its literals. */
export const eur = /* @__PURE__ */ defineCurrency('EUR', 2);
/** Pound sterling, and the maker of its literals. */
export const gbp = /* @__PURE__ */ defineCurrency('GBP', 2);
/** Japanese yen, without decimals, and the maker of its literals. */
export const jpy = /* @__PURE__ */ defineCurrency('JPY', 0);
/** Indian rupee, and the maker of its literals. */
export const inr = /* @__PURE__ */ defineCurrency('INR', 2);
/** Canadian dollar, and the maker of its literals. */
export const cad = /* @__PURE__ */ defineCurrency('CAD', 2);
/** Australian dollar, and the maker of its literals. */
export const aud = /* @__PURE__ */ defineCurrency('AUD', 2);
/** Swiss franc, and the maker of its literals. */
export const chf = /* @__PURE__ */ defineCurrency('CHF', 2);
/** Brazilian real, and the maker of its literals. */
export const brl = /* @__PURE__ */ defineCurrency('BRL', 2);
/** Bitcoin, in satoshi, and the maker of its literals. */
export const btc = /* @__PURE__ */ defineCurrency('BTC', 8);
/** Ether, in wei, and the maker of its literals. */
export const eth = /* @__PURE__ */ defineCurrency('ETH', 18);
/** Sol, in lamports, and the maker of its literals. */
export const sol = /* @__PURE__ */ defineCurrency('SOL', 9);
/** Sui, in mist, and the maker of its literals. */
export const sui = /* @__PURE__ */ defineCurrency('SUI', 9);
/** USD Coin, with the six decimals of its main contracts, and the maker of its literals. */
export const usdc = /* @__PURE__ */ defineCurrency('USDC', 6);
/** Tether USD, with the six decimals of its main contracts, and the maker of its literals. */
export const usdt = /* @__PURE__ */ defineCurrency('USDT', 6);

/** Currencies by their code; a `Map`, so that `constructor` or `__proto__` is no currency. */
export type CurrencyRegistry = ReadonlyMap<string, Currency>;

/**
 * Every currency of ISO 4217 that has minor units, and BTC, ETH, SOL, SUI, USDC, USDT. The codes for metals, funds
 * without units, tests and "no currency" are in {@link iso4217} only: who holds gold defines it with the scale that he uses.
 *
 * @source docs/rules/money.md, M-3
 */
export const currencies: CurrencyRegistry = /* @__PURE__ */ readyMade();

function readyMade(): Map<string, Currency> {
  const registry = new Map<string, Currency>();
  for (const [code, , scale] of iso4217) {
    if (scale !== null) registry.set(code, canonicalCurrency({ code, scale }));
  }
  for (const asset of [btc, eth, sol, sui, usdc, usdt]) registry.set(asset.code, canonicalCurrency(asset));
  return registry;
}
