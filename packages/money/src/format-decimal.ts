import type { Money } from './amount.ts';

/**
 * Writes an amount as a plain decimal with all decimals of its currency, the form that is stored and sent.
 *
 * @param amount - Any amount.
 * @returns Such as `12.34`, `-0.05`, `1000` for a currency without decimals.
 * @source docs/rules/money.md, M-5
 */
export function formatDecimal(amount: Pick<Money, 'minor' | 'currency'>): string {
  const { minor, currency } = amount;
  if (currency.scale === 0) return minor.toString();
  const digits = (minor < 0n ? -minor : minor).toString().padStart(currency.scale + 1, '0');
  const point = digits.length - currency.scale;
  return `${minor < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}
