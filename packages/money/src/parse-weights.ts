import { err, ok, type Result } from 'neverthrow';
import { readDecimal } from './decimal-text.ts';
import { type LimitExceeded, type RatioInvalid, refusal } from './refusals.ts';

/** The most weights that are read. */
export const MOST_WEIGHTS = 10_000;
/** The most digits of a weight that is read. */
export const LONGEST_WEIGHT = 38;

const LARGEST_WEIGHT = 10n ** BigInt(LONGEST_WEIGHT) - 1n;

/**
 * Reads the weights of a split from outside.
 *
 * @param value - Anything; an array of bigints or of strings of digits can be accepted, a `number` is refused.
 * @param field - The name of the field for the refusal; its parts are named `weights[0]` and so on.
 * @returns The weights, fit for `allocate`.
 *
 * @errors
 * - `ratio_invalid`: no array.
 * - `limit_exceeded`: more than 10,000 weights.
 * - `ratio_invalid`: a weight that is not a whole number of zero or more; the first one is named.
 * - `limit_exceeded`: a weight of more than 38 digits.
 * - `ratio_invalid`: no weights, or only zeros.
 */
export function parseWeights(
  value: unknown,
  field = 'weights',
): Result<readonly [bigint, ...bigint[]], RatioInvalid | LimitExceeded> {
  const allowed = 'an array of bigints, or of strings of digits, at least one of them more than zero';
  const given = copyOfArray(value);
  if (given === undefined) return err(refusal('ratio_invalid', value, { field, allowed }));
  if (given === 'too long') {
    return err(refusal('limit_exceeded', value, { field, allowed: `at most ${MOST_WEIGHTS} weights` }));
  }
  const weights: bigint[] = [];
  for (const [index, item] of given.entries()) {
    const weight = readWeight(item, `${field}[${index}]`);
    if (weight.isErr()) return err(weight.error);
    weights.push(weight.value);
  }
  if (weights.every((weight) => weight === 0n)) return err(refusal('ratio_invalid', value, { field, allowed }));
  return ok(weights as [bigint, ...bigint[]]);
}

/** Copies an array once, so that what is checked is what is used; nothing for what is none or throws. */
function copyOfArray(value: unknown): readonly unknown[] | 'too long' | undefined {
  try {
    if (!Array.isArray(value)) return undefined;
    const { length } = value;
    return length > MOST_WEIGHTS ? 'too long' : Array.from({ length }, (_, index): unknown => value[index]);
  } catch {
    return undefined;
  }
}

function readWeight(item: unknown, field: string): Result<bigint, RatioInvalid | LimitExceeded> {
  const allowed = 'a bigint, or a string of digits, of zero or more';
  const tooLong = { field, allowed: `at most ${LONGEST_WEIGHT} digits` };
  if (typeof item === 'string' && item.length > LONGEST_WEIGHT) return err(refusal('limit_exceeded', item, tooLong));
  const weight = typeof item === 'bigint' ? item : typeof item === 'string' ? wholeNumber(item) : undefined;
  if (weight === undefined || weight < 0n) return err(refusal('ratio_invalid', item, { field, allowed }));
  return weight > LARGEST_WEIGHT ? err(refusal('limit_exceeded', item, tooLong)) : ok(weight);
}

function wholeNumber(text: string): bigint | undefined {
  const decimal = readDecimal(text);
  if (decimal === undefined || decimal.negative || decimal.fraction !== '') return undefined;
  return BigInt(decimal.whole);
}
