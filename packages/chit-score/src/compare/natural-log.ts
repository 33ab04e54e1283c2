/** The decimals that logarithms are computed with, as a factor. */
export const LOG_ONE = 10n ** 30n;

const LN_TWO = twiceArtanh(1n, 3n);

/**
 * Computes the natural logarithm of a fraction in whole numbers, so that every machine finds the same one.
 *
 * @param num - More than zero.
 * @param den - More than zero.
 * @returns The logarithm in units of 10⁻³⁰, to 26 decimals.
 */
export function naturalLog(num: bigint, den: bigint): bigint {
  let halvings = 0n;
  let [top, bottom] = [num, den];
  // Between 2/3 and 4/3 the series below gains a decimal or more with each term.
  for (; 3n * top > 4n * bottom; halvings += 1n) bottom *= 2n;
  for (; 3n * top < 2n * bottom; halvings -= 1n) top *= 2n;
  return halvings * LN_TWO + twiceArtanh(top - bottom, top + bottom);
}

/** `2 artanh(num / den)`, which is `ln((den + num) / (den − num))`. */
function twiceArtanh(num: bigint, den: bigint): bigint {
  let power = (num * LOG_ONE) / den;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = (power * num * num) / (den * den);
  }
  return 2n * sum;
}
