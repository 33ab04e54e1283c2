import { type Instant, isAccountName, isId, isInstant } from '@holdfast/kernel';
import { type Currency, isMoney, type Money } from '@holdfast/money';
import type { Field } from './read-shape.ts';

/** Exactly one text. */
export function literal<const Text extends string>(text: Text): Field<Text> {
  return { allowed: `'${text}'`, fits: (value): value is Text => value === text };
}

/** One of some texts. */
export function oneOf<const Text extends string>(...texts: readonly Text[]): Field<Text> {
  return {
    allowed: texts.map((text) => `'${text}'`).join(' or '),
    fits: (value): value is Text => texts.includes(value as Text),
  };
}

/** The same field, which may be absent. */
export function optional<T>(field: Field<T>): Field<T> & { readonly optional: true } {
  return { allowed: field.allowed, fits: field.fits, optional: true };
}

/** An account's name. */
export const accountName: Field<string> = {
  allowed: 'segments of letters, digits and . _ ~ - joined by colons, 200 characters at most',
  fits: isAccountName,
};

/** An amount of more than zero. */
export const positiveAmount: Field<Money> = {
  allowed: 'an amount of money of more than zero',
  fits: (value): value is Money => isMoney(value) && value.minor > 0n,
};

/** An amount of more than zero, or all that is left. */
export const amountOrRest: Field<Money | 'rest'> = {
  allowed: `an amount of money of more than zero, or 'rest'`,
  fits: (value): value is Money | 'rest' => value === 'rest' || positiveAmount.fits(value),
};

/** What a transfer is. */
export const kindName: Field<string> = {
  allowed: '1 to 64 of a-z 0-9 _ and .',
  fits: (value): value is string => typeof value === 'string' && KIND.test(value),
};

/** An id. */
export const idText: Field<string> = {
  allowed: '1 to 128 letters, digits and . _ ~ -, beginning with a letter or digit',
  fits: isId,
};

/** An instant. */
export const instantText: Field<Instant> = {
  allowed: 'an instant in UTC with milliseconds, such as 2026-03-07T10:00:00.000Z',
  fits: isInstant,
};

/** A currency: its code and its number of decimals. */
export const currencyValue: Field<Currency> = {
  allowed: 'a currency: { code, scale }',
  fits: isCurrency,
};

/** True or false. */
export const flag: Field<boolean> = {
  allowed: 'true or false',
  fits: (value): value is boolean => typeof value === 'boolean',
};

function isCurrency(value: unknown): value is Currency {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  const { code, scale } = value as Partial<Currency>;
  return (
    typeof code === 'string' &&
    CODE.test(code) &&
    Number.isInteger(scale) &&
    (scale as number) >= 0 &&
    (scale as number) <= 18
  );
}

const KIND = /^[a-z0-9_.]{1,64}$/;
const CODE = /^[A-Z][A-Z0-9_]{1,23}$/;
