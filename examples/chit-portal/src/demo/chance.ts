import { createHash } from 'node:crypto';

/** Gives a number from 0 up to 1 that follows from some words: the same for ever, and like drawn at random from one to the next. */
export function chance(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE(0) / 2 ** 32;
}

/** Gives the seed of a draw's lots, in hex. Only a demo may let it follow from names: who knows it beforehand knows who wins. */
export function lotSeed(scheme: string, instalment: number): string {
  return createHash('sha256').update(`lot ${scheme} ${instalment}`).digest('hex');
}
