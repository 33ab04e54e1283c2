import { type Currency, findCurrency, type Money, money } from '@holdfast/money';
import type { OperationKind } from '@holdfast/providers';

/**
 * The currencies whose decimals in Stripe's API are not those of ISO 4217, by how many decimals the API counts.
 *
 * ISK and UGX have no decimals and are still sent with two; MGA has fifths on paper and none in the API.
 */
const decimalsOfTheApi: ReadonlyMap<string, number> = new Map([
  ['ISK', 2],
  ['UGX', 2],
  ['MGA', 0],
]);

/** Currencies of three decimals, of which the API wants the last to be 0. */
const endsInZero: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Currencies that are charged with two decimals and paid out without. */
const paidOutWhole: ReadonlySet<string> = new Set(['HUF', 'TWD']);

/**
 * Writes an amount as the API counts it.
 *
 * @returns The whole number as text, or a sentence that says why Stripe cannot move this amount.
 * @source docs/rules/provider-stripe.md, ST-2; https://docs.stripe.com/currencies
 */
export function toStripeAmount(
  amount: Money,
  kind: OperationKind,
): { readonly text: string } | { readonly why: string } {
  const code = amount.currency.code;
  const known = findCurrency(code);
  if (known.isErr() || known.value.scale !== amount.currency.scale || !/^[A-Z]{3}$/.test(code)) {
    return { why: `${code} with ${amount.currency.scale} decimals is no currency of ISO 4217` };
  }
  if (amount.minor <= 0n) return { why: `${amount} is not more than nothing` };
  const step = stepOf(known.value, kind);
  if (amount.minor % step !== 0n) return { why: `${amount} is no multiple of ${money(step, known.value)}` };
  const counted = rescale(amount.minor, known.value.scale, apiScale(known.value));
  if (counted > BigInt(Number.MAX_SAFE_INTEGER)) return { why: `${amount} is more than a number of JSON can hold` };
  return { text: counted.toString() };
}

/**
 * Reads an amount of the API.
 *
 * @param counted - The JSON number.
 * @param code - The API's code, in small letters.
 * @returns The amount, or nothing where the number is not exact or the currency is none that is known.
 * @source docs/rules/provider-stripe.md, ST-2
 */
export function fromStripeAmount(counted: number, code: string): Money | undefined {
  if (!Number.isSafeInteger(counted) || !/^[a-z]{3}$/.test(code)) return undefined;
  const currency = findCurrency(code.toUpperCase());
  if (currency.isErr()) return undefined;
  const [from, to] = [apiScale(currency.value), currency.value.scale];
  // A fraction of a króna from before 2023 has no name in ISO's money.
  if (from > to && BigInt(counted) % 10n ** BigInt(from - to) !== 0n) return undefined;
  return money(rescale(BigInt(counted), from, to), currency.value);
}

function apiScale(currency: Currency): number {
  return decimalsOfTheApi.get(currency.code) ?? currency.scale;
}

/** The smallest amount that Stripe moves, in minor units of ours. */
function stepOf(currency: Currency, kind: OperationKind): bigint {
  if (endsInZero.has(currency.code)) return 10n;
  if (kind === 'payout' && paidOutWhole.has(currency.code)) return 100n;
  const lost = currency.scale - apiScale(currency);
  return lost > 0 ? 10n ** BigInt(lost) : 1n;
}

function rescale(count: bigint, from: number, to: number): bigint {
  return to >= from ? count * 10n ** BigInt(to - from) : count / 10n ** BigInt(from - to);
}
