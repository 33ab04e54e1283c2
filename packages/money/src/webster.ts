import { defect } from './defect.ts';

/**
 * Splits a whole number by weights with Webster's method (Sainte-Laguë): every next unit goes to the part with the
 * largest `weight / (2 × units + 1)`, of equal ones to the first.
 *
 * Raising the total never lowers a part, which the largest remainder method cannot promise; so a cumulative split
 * never takes back a cent that it gave. Where the total is the sum of the weights, each part is its weight.
 *
 * @param total - Zero or more.
 * @param weights - Zero or more each. A weight of zero gets nothing.
 * @returns One part for each weight; their sum is the total. All zero for a total of zero.
 * @throws A `TypeError` with code `parts_invalid` for a negative number, or for a total without a weight.
 * @source docs/rules/money.md, M-10
 */
export function webster(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = wholeOf(total, weights);
  if (total === 0n) return weights.map(() => 0n);
  // Rounding each exact share is Webster's answer for some total near this one: what was given are exactly the
  // largest quotients. At most half as many units as there are parts are then missing or too many.
  const parts = weights.map((weight) => (2n * weight * total + whole) / (2n * whole));
  let given = 0n;
  for (const part of parts) given += part;
  for (; given < total; given += 1n) change(parts, firstToGet(parts, weights), 1n);
  for (; given > total; given -= 1n) change(parts, lastThatGot(parts, weights), -1n);
  return parts;
}

function wholeOf(total: bigint, weights: readonly bigint[]): bigint {
  let whole = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw defect('parts_invalid', 'No part of a split is negative.');
    whole += weight;
  }
  if (total < 0n) throw defect('parts_invalid', 'A negative total is split as the positive one and turned around.');
  if (whole === 0n && total > 0n) throw defect('parts_invalid', 'A total is split over at least one weight.');
  return whole;
}

/** The part whose next unit has the largest quotient; of equal ones the first. A weight of zero loses to any other. */
function firstToGet(parts: readonly bigint[], weights: readonly bigint[]): number {
  let best = -1;
  for (let index = 0; index < parts.length; index += 1) {
    if (best === -1 || quotientExceeds(weights, index, next(parts, index), best, next(parts, best))) best = index;
  }
  return best;
}

/** The part whose latest unit has the smallest quotient; of equal ones the last. */
function lastThatGot(parts: readonly bigint[], weights: readonly bigint[]): number {
  let worst = -1;
  for (let index = 0; index < parts.length; index += 1) {
    if (parts[index] === 0n) continue;
    if (worst === -1 || !quotientExceeds(weights, index, latest(parts, index), worst, latest(parts, worst))) {
      worst = index;
    }
  }
  return worst;
}

/** Whether `weights[a] / divisorOfA` is more than `weights[b] / divisorOfB`. */
function quotientExceeds(
  weights: readonly bigint[],
  a: number,
  divisorOfA: bigint,
  b: number,
  divisorOfB: bigint,
): boolean {
  return (weights[a] as bigint) * divisorOfB > (weights[b] as bigint) * divisorOfA;
}

function next(parts: readonly bigint[], index: number): bigint {
  return 2n * (parts[index] as bigint) + 1n;
}

function latest(parts: readonly bigint[], index: number): bigint {
  return 2n * (parts[index] as bigint) - 1n;
}

function change(parts: bigint[], index: number, by: bigint): void {
  parts[index] = (parts[index] as bigint) + by;
}
