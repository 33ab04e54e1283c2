import { amountOf, type Money } from './amount.ts';
import { defect } from './defect.ts';

/** One amount for each weight, in the weights' order; a tuple where they are one. */
export type Shares<Weights extends readonly unknown[], Code extends string> = {
  -readonly [Index in keyof Weights]: Money<Code>;
};

/**
 * Splits an amount by weights, to the last minor unit: each part gets its exact share rounded down, and what is left
 * goes, one unit each, to the parts with the largest remainders, of equal ones to the first.
 *
 * @param amount - Any amount; a negative one is split as the positive one and turned around.
 * @param weights - Zero or more each, and not all zero. A weight of zero gets nothing. For weights from outside see
 * `parseWeights`.
 * @returns One part for each weight; their sum is the amount.
 * @throws A `TypeError` with code `ratio_invalid` when there are no weights, a negative one, or only zeros.
 * @source docs/rules/money.md, M-9
 */
export function allocate<Code extends string, const Weights extends readonly bigint[]>(
  amount: Money<Code>,
  weights: Weights,
): Shares<Weights, Code> {
  const { minor, currency } = amount;
  const shares = largestRemainder(minor < 0n ? -minor : minor, weights);
  return shares.map((part) => amountOf(minor < 0n ? -part : part, currency)) as Shares<Weights, Code>;
}

/**
 * Splits a whole number by weights with the largest remainder method, the arithmetic under {@link allocate}.
 *
 * @param total - Zero or more.
 * @param weights - Zero or more each, and not all zero.
 * @returns One part for each weight; their sum is the total.
 * @throws A `TypeError` with code `ratio_invalid`, as {@link allocate} does.
 */
export function largestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sumOfWeights(weights);
  const parts: bigint[] = [];
  const remainders: bigint[] = [];
  let left = total;
  for (const weight of weights) {
    const exact = total * weight;
    const part = exact / whole;
    parts.push(part);
    remainders.push(exact - part * whole);
    left -= part;
  }
  if (left === 0n) return parts;
  // The remainders sum to `left` times the whole and each is less than it, so fewer units are left than parts.
  const order = weights.map((_, index) => index).sort((a, b) => byRemainder(remainders, a, b));
  for (const index of order.slice(0, Number(left))) parts[index] = (parts[index] as bigint) + 1n;
  return parts;
}

function sumOfWeights(weights: readonly bigint[]): bigint {
  let whole = 0n;
  for (const weight of weights) {
    if (typeof weight !== 'bigint' || weight < 0n) {
      throw defect('ratio_invalid', 'A weight is a bigint of zero or more.');
    }
    whole += weight;
  }
  if (whole === 0n) throw defect('ratio_invalid', 'At least one weight is more than zero.');
  return whole;
}

function byRemainder(remainders: readonly bigint[], a: number, b: number): number {
  const left = remainders[a] as bigint;
  const right = remainders[b] as bigint;
  if (left === right) return a - b;
  return left > right ? -1 : 1;
}
