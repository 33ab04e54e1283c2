import { createHash } from 'node:crypto';
import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { commitLot } from './commit-lot.ts';
import type { Lot, LotSource } from './draw.ts';
import type { DrawInvalid, LotDiffers, SecretInvalid } from './refusals.ts';

/** What is drawn. */
export interface LotAsked {
  /** `scheme/instalment/sequence/purpose`: no two lots of one seed may have the same. */
  readonly context: string;
  /** Tickets in ascending order. */
  readonly among: readonly number[];
  /** How many of them are drawn. */
  readonly count: number;
}

/** Why {@link drawLot} refuses, in order of precedence. */
export type LotRefusal = SecretInvalid | LotDiffers | DrawInvalid;

const ALGORITHM = 'sha256-rejection-1';
const CONTEXT = /^[!-~]{1,200}$/;
const WORD = /^[ -~]{1,100}$/;
const MOST_WORDS = 1_000;

/**
 * Draws a lot, each ticket as likely as any other.
 *
 * Try number t is SHA-256 of the UTF-8 lines: algorithm, seed, context, tickets joined by commas, count of words, each word, t. Its first bits, as many as the
 * number of tickets less one has, are the place in the list; a place beyond the end is thrown away and t goes up. A drawn ticket leaves the list.
 *
 * @param source - The seed, what was published for it, and the words.
 * @param asked - What is drawn.
 * @returns The lot with all that its replay needs.
 *
 * @errors
 * - `secret_invalid`: the seed, the context or a word is not of its form.
 * - `lot_differs`: the seed is not the one that was committed to.
 * - `draw_invalid`: tickets not in ascending order, or fewer than are to be drawn.
 * @source docs/rules/chit-fund.md, CF-23
 */
export function drawLot(source: LotSource, asked: LotAsked): Result<Lot, LotRefusal> {
  const { seed, commitment, words = [] } = source;
  const { context, among, count } = asked;
  const wrong = whatIsWrong(words, context);
  if (wrong !== undefined) return err(wrong);
  const own = commitLot(seed);
  if (own.isErr()) return err(own.error);
  if (own.value !== commitment) {
    return err({ code: 'lot_differs', part: 'commitment', given: printGiven(commitment), replayed: own.value });
  }
  const ascending = among.every((ticket, index) => Number.isInteger(ticket) && ticket > (among[index - 1] ?? 0));
  if (!ascending) return invalid('among', among.join(), 'tickets in ascending order');
  if (!Number.isInteger(count) || count < 1 || count > among.length) {
    return invalid('count', count, `a whole number from 1 to ${among.length}`);
  }
  const drawn = drawFrom([ALGORITHM, seed, context, among.join(), `${words.length}`, ...words], among, count);
  return ok({ algorithm: ALGORITHM, commitment, seed, words, context, among, drawn });
}

function whatIsWrong(words: readonly string[], context: string): SecretInvalid | undefined {
  const refuse = (field: string, given: unknown, allowed: string): SecretInvalid => ({
    code: 'secret_invalid',
    field,
    given: printGiven(given),
    allowed,
  });
  if (!CONTEXT.test(context)) return refuse('context', context, '1 to 200 printable ASCII characters without spaces');
  if (words.length > MOST_WORDS) return refuse('words', words, `at most ${MOST_WORDS} words`);
  const index = words.findIndex((word) => typeof word !== 'string' || !WORD.test(word));
  return index < 0 ? undefined : refuse(`words.${index}`, words[index], '1 to 100 printable ASCII characters');
}

function drawFrom(lines: readonly string[], among: readonly number[], count: number): readonly number[] {
  const left = [...among];
  const drawn: number[] = [];
  for (let attempt = 0; drawn.length < count; ) {
    const bits = 32 - Math.clz32(left.length - 1);
    const place = bits === 0 ? 0 : firstBits([...lines, `${attempt++}`].join('\n'), bits);
    // A place beyond the end is thrown away: taking it modulo the length would favour the first tickets.
    if (place < left.length) drawn.push(...left.splice(place, 1));
  }
  return drawn;
}

function firstBits(text: string, bits: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) >>> (32 - bits);
}

function invalid(field: string, given: unknown, allowed: string): Result<never, DrawInvalid> {
  return err({ code: 'draw_invalid', field, given: printGiven(given), allowed });
}
