import { err, ok, type Result } from 'neverthrow';
import { type Money, type MoneyJson, money } from './amount.ts';
import { type CurrencyRegistry, currencies } from './currencies.ts';
import { findCurrency } from './find-currency.ts';
import { parseMoney } from './parse-money.ts';
import { readFields } from './read-fields.ts';
import { type AmountRefusal, type CurrencyUnknown, refusal, type ShapeInvalid } from './refusals.ts';

/** Why JSON from outside is not an amount, in order of precedence. */
export type MoneyFromJsonRefusal = ShapeInvalid | CurrencyUnknown | AmountRefusal;

/**
 * Reads an amount from JSON of outside: a plain object with exactly `amount` and `currency`.
 *
 * @param value - Anything. Each field is read once; getters are not run.
 * @param registry - The currencies that are accepted; the ready-made ones unless given.
 * @param field - The name of the field for the refusal; its parts are named `amount.amount` and `amount.currency`.
 * @returns The amount.
 *
 * @errors
 * - `shape_invalid`: no plain object, a getter, or other fields.
 * - `currency_unknown`: the currency is not in the registry.
 * - then those of `parseMoney`, in its order.
 * @source docs/rules/money.md, M-5
 */
export function moneyFromJson(
  value: unknown,
  registry: CurrencyRegistry = currencies,
  field = 'amount',
): Result<Money, MoneyFromJsonRefusal> {
  const fields = readFields(value, ['amount', 'currency']);
  if (fields === undefined) {
    const allowed = "a plain object with exactly 'amount' and 'currency', both strings";
    return err(refusal('shape_invalid', value, { field, allowed }));
  }
  return findCurrency(fields.currency, registry, `${field}.currency`).andThen((currency) =>
    parseMoney(fields.amount, currency, `${field}.amount`),
  );
}

/**
 * Reads an amount back from stored JSON that this package wrote: fast, without a registry, and without checks that a
 * stranger's JSON would need.
 *
 * @param json - What `toJSON` gave; the currency's scale is the number of decimals of `amount`.
 * @returns The amount.
 * @throws Where the text is no amount or the currency's code is none: a defect of what stored it.
 * @source docs/rules/money.md, M-5
 */
export function reviveMoney<Code extends string>(json: MoneyJson<Code>): Money<Code> {
  const { amount, currency } = json;
  const point = amount.indexOf('.');
  if (point === -1) return money(BigInt(amount), { code: currency, scale: 0 });
  const minor = BigInt(amount.slice(0, point) + amount.slice(point + 1));
  return money(minor, { code: currency, scale: amount.length - point - 1 });
}

/**
 * Reads an amount of a known currency from JSON of outside.
 *
 * @param value - Anything; see {@link moneyFromJson}.
 * @param currency - The one currency that is accepted, with its type.
 * @param field - The name of the field for the refusal.
 * @returns The amount, typed.
 *
 * @errors
 * - those of {@link moneyFromJson}; `currency_unknown` is every currency but this one.
 */
export function moneyOfFromJson<Code extends string>(
  value: unknown,
  currency: Money<Code>['currency'],
  field = 'amount',
): Result<Money<Code>, MoneyFromJsonRefusal> {
  const only: CurrencyRegistry = new Map([[currency.code as string, currency]]);
  return moneyFromJson(value, only, field).andThen((amount) => ok(amount as Money<Code>));
}
