import type { FreeText, Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** A field of a command's input, visible when it runs, so that parsing, docs, the checker and the fuzzer share it. */
export interface Field<Value = unknown, Kind extends string = string> {
  readonly kind: Kind;
  /** Of `oneOf`: what may be chosen. */
  readonly options?: readonly string[];
  /** A command may leave it out. */
  readonly optional?: true;
  /** Only a type. */
  readonly value?: Value;
}

/** The fields of a command's input by name. */
export type Fields = Readonly<Record<string, Field>>;

/** A field that a command may leave out. */
export interface OptionalField<Value = unknown, Kind extends string = string> extends Field<Value, Kind> {
  readonly optional: true;
}

/** The values that a command gives for its fields. */
export type ValuesOf<F> = {
  readonly [Name in keyof F as F[Name] extends OptionalField ? never : Name]: ValueOf<F[Name]>;
} & { readonly [Name in keyof F as F[Name] extends OptionalField ? Name : never]?: ValueOf<F[Name]> };

type ValueOf<F> = F extends Field<infer Value> ? Value : never;

/** Free text of 2,000 characters at most, such as a reason. It may name a person: it is kept beside the journal and can be erased. */
export const text: Field<string, 'text'> = { kind: 'text' };

/** A short word that stays in the journal for ever, such as a code's hash: 1 to 128 letters, digits and `. _ ~ -`. */
export const word: Field<string, 'word'> = { kind: 'word' };

/** An amount of money. */
export const amount: Field<Money, 'amount'> = { kind: 'amount' };

/** An instant, such as the end of an inspection. */
export const instant: Field<Instant, 'instant'> = { kind: 'instant' };

/**
 * Makes a field with a closed choice.
 *
 * @param options - What may be chosen.
 */
export function oneOf<const Options extends readonly string[]>(...options: Options): Field<Options[number], 'oneOf'> {
  return { kind: 'oneOf', options };
}

/**
 * Makes a field that a command may leave out.
 *
 * @param field - What it is when it is given.
 */
export function optional<Value, Kind extends string>(field: Field<Value, Kind>): OptionalField<Value, Kind> {
  return { ...field, optional: true };
}

/** The most characters that a {@link text} may have. */
export const LONGEST_TEXT = 2_000;

/** What a thing remembers of a field: free text is a mark before it is stored, and its hash afterwards. */
export type Fact = Money | string | FreeText | { readonly textHash: string };
