/** A text that may name or describe a person: the journal keeps its salted hash, and the text itself can be erased. */
export interface FreeText {
  readonly [TEXT]: true;
  readonly value: string;
}

/** What is left of a {@link FreeText} once it is stored: the hash by which the text is found as long as it is not erased. */
export interface TextReference {
  readonly textHash: string;
}

/**
 * Marks a text as free text. A decider puts it into its events and states; the kernel replaces it by a {@link TextReference} where it stores them.
 *
 * @param value - Well-formed, at most 10,000 characters (what is longer is a defect: limit it in `parse`).
 */
export function freeText(value: string): FreeText {
  return { [TEXT]: true, value };
}

/** Says whether a value is a marked text. */
export function isFreeText(value: object): value is FreeText {
  return TEXT in value;
}

const TEXT: unique symbol = Symbol.for('holdfast.text') as never;
