import type { RandomSource } from './random-source.ts';

const PARTS = 12;
const STEPS = 10_000n;

/**
 * Gives a number about zero, nearly normal: the sum of twelve uniform ones, which has a deviation of one.
 *
 * @param random - Where it comes from.
 * @param label - What it is for.
 * @param deviation - Its standard deviation.
 * @returns A whole number, rounded towards zero.
 */
export function nearNormal(random: RandomSource, label: string, deviation: bigint): bigint {
  let sum = 0n;
  for (let part = 0; part < PARTS; part += 1) sum += random.below(`${label}/${part}`, STEPS + 1n);
  return ((sum - (BigInt(PARTS) * STEPS) / 2n) * deviation) / STEPS;
}
