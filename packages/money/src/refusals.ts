import { printGiven } from './print-given.ts';

/** What every refusal of this package tells about the value that it refuses. */
interface Given {
  /** The field of the caller's input, such as `amount` or `budget`. */
  readonly field: string;
  /** What was given, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

/**
 * The value is not of a type that an amount is read from; a `number` never is.
 *
 * @severity mistake
 * @retry no
 */
export interface AmountType extends Given {
  readonly code: 'amount_type';
}

/**
 * The text is not a plain decimal number.
 *
 * @severity answer
 * @retry no
 */
export interface AmountFormat extends Given {
  readonly code: 'amount_format';
}

/**
 * The text has more decimals than the currency.
 *
 * @severity answer
 * @retry no
 */
export interface AmountScale extends Given {
  readonly code: 'amount_scale';
  /** Decimals of the currency. */
  readonly scale: number;
}

/**
 * The amount has the wrong sign: negative or zero where more than zero is asked for, or a zero with a minus.
 *
 * @severity answer
 * @retry no
 */
export interface AmountSign extends Given {
  readonly code: 'amount_sign';
}

/**
 * The amount has more than 38 digits in minor units.
 *
 * @severity answer
 * @retry no
 */
export interface AmountRange extends Given {
  readonly code: 'amount_range';
}

/**
 * The input is longer than anything that could be valid; it was not read.
 *
 * @severity mistake
 * @retry no
 */
export interface LimitExceeded extends Given {
  readonly code: 'limit_exceeded';
}

/**
 * No such currency in the registry: codes are compared exactly, without folding case.
 *
 * @severity mistake
 * @retry no
 */
export interface CurrencyUnknown extends Given {
  readonly code: 'currency_unknown';
}

/**
 * Two amounts, or an amount and what is asked for, are in different currencies.
 *
 * @severity mistake
 * @retry no
 */
export interface CurrencyMismatch extends Given {
  readonly code: 'currency_mismatch';
}

/**
 * A rate, a percentage or a list of weights that cannot be used.
 *
 * @severity mistake
 * @retry no
 */
export interface RatioInvalid extends Given {
  readonly code: 'ratio_invalid';
}

/**
 * The value does not have the form that is asked for: other fields, another prototype, a getter.
 *
 * @severity mistake
 * @retry no
 */
export interface ShapeInvalid extends Given {
  readonly code: 'shape_invalid';
}

/**
 * A definition contradicts itself, or another one.
 *
 * @severity mistake
 * @retry no
 */
export interface ConfigInvalid extends Given {
  readonly code: 'config_invalid';
}

/** Why a text or a count of minor units is not an amount, in order of precedence. */
export type AmountRefusal = AmountType | LimitExceeded | AmountFormat | AmountScale | AmountSign | AmountRange;

/** Every refusal of this package. */
export type MoneyRefusal =
  | AmountRefusal
  | CurrencyUnknown
  | CurrencyMismatch
  | RatioInvalid
  | ShapeInvalid
  | ConfigInvalid;

/** The parts of a refusal that differ between those of one code. */
type Details<Code extends MoneyRefusal['code']> = Omit<Extract<MoneyRefusal, { code: Code }>, 'code' | 'given'>;

/**
 * Makes a frozen refusal with the given value printed safely.
 *
 * @param code - Which refusal.
 * @param given - The value, of any kind.
 * @param details - The rest of that refusal's fields.
 * @returns The refusal.
 */
export function refusal<Code extends MoneyRefusal['code']>(
  code: Code,
  given: unknown,
  details: Details<Code>,
): Extract<MoneyRefusal, { code: Code }> {
  return Object.freeze({ code, given: printGiven(given), ...details }) as unknown as Extract<
    MoneyRefusal,
    { code: Code }
  >;
}
