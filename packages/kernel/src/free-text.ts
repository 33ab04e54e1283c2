import { Defect } from './faults.ts';
import { show } from './refusals.ts';

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
 * Marks a text as free text. A decider puts it into its events; the kernel stores a {@link TextReference} in its place, and states are folded from that.
 *
 * @param value - What {@link isText} accepts: check it in `parse`.
 * @throws Defect where it is none.
 * @source docs/rules/kernel.md, K-10
 */
export function freeText(value: string): FreeText {
  if (!isText(value))
    throw new Defect(`a free text is ${show(value)}; allowed are ${MOST_CHARACTERS} well-formed characters`);
  return { [TEXT]: true, value };
}

/** Says whether a value can be a free text: well-formed Unicode without the character 0, 10,000 characters at most. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_CHARACTERS && value.isWellFormed() && !value.includes('\0');
}

/** Says whether a value is a marked text. */
export function isFreeText(value: object): value is FreeText {
  return TEXT in value;
}

const TEXT: unique symbol = Symbol.for('holdfast.text') as never;
const MOST_CHARACTERS = 10_000;
