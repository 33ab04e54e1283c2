import { type Polynomial, signAt } from './polynomial.ts';
import { firstAfter, roundCell } from './rate-grid.ts';
import { type SturmChain, signChangesAt, sturmChain } from './sturm-chain.ts';

/**
 * Finds every root above zero of a polynomial by counting them between places, by Sturm's theorem: none is missed however near two of them lie, and one that is
 * only touched is found. The work grows with the fourth power of the degree.
 *
 * @param polynomial - Without a root at zero.
 * @param decimals - To which each root is rounded, a half up; exactly so.
 * @returns Each root once, in units of 10^−decimals, the lowest first.
 */
export function countedRoots(polynomial: Polynomial, decimals: number): readonly bigint[] {
  const grid: Grid = { chain: sturmChain(polynomial), unit: 2n * 10n ** BigInt(decimals) };
  const end = (1n + boundOf(polynomial)) * grid.unit;
  return rootsIn(grid, [0n, end]);
}

interface Grid {
  readonly chain: SturmChain;
  /** Places are counted in half units of the last decimal. */
  readonly unit: bigint;
}

/** Cauchy's bound: no root is larger. */
function boundOf(polynomial: Polynomial): bigint {
  const sizes = polynomial.map((coefficient) => (coefficient < 0n ? -coefficient : coefficient));
  let largest = 0n;
  for (const size of sizes) if (size > largest) largest = size;
  return largest / (sizes.at(-1) ?? 1n) + 1n;
}

/** The roots above one place and up to another, each rounded to whole units. */
function rootsIn(grid: Grid, [low, high]: readonly [bigint, bigint]): readonly bigint[] {
  const { chain, unit } = grid;
  const found: bigint[] = [];
  const open: [bigint, bigint, number, number][] = [
    [low, high, signChangesAt(chain, low, unit), signChangesAt(chain, high, unit)],
  ];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [from, to, atFrom, atTo] = range;
    const count = atFrom - atTo;
    if (count === 1) found.push(onlyRootIn(grid, from, to));
    else if (count > 1 && to - from === 1n) found.push(...rootsInCell(grid, to, count));
    else if (count > 1) {
      const middle = (from + to) / 2n;
      const atMiddle = signChangesAt(chain, middle, unit);
      open.push([middle, to, atMiddle, atTo], [from, middle, atFrom, atMiddle]);
    }
  }
  return found;
}

/** Roots that lie nearer to each other than half of the last decimal; one of them may be the end itself. */
function rootsInCell({ chain, unit }: Grid, cell: bigint, count: number): readonly bigint[] {
  const isAtEnd = signAt(chain[0], cell, unit) === 0;
  return Array.from({ length: count }, (_, index) => roundCell(cell, isAtEnd && index === count - 1));
}

/** With one root between them, the sign at the end says on which side of a place it lies: the chain is needed no more. */
function onlyRootIn({ chain, unit }: Grid, from: bigint, to: bigint): bigint {
  const [polynomial] = chain;
  const atEnd = signAt(polynomial, to, unit);
  const cell = firstAfter(from, to, (at) => {
    const sign = signAt(polynomial, at, unit);
    return sign === 0 || sign === atEnd;
  });
  return roundCell(cell, signAt(polynomial, cell, unit) === 0);
}
