import type { Decimal } from 'decimal.js';
import { err, ok, type Result } from 'neverthrow';
import { type CashFlow, checkCashFlow } from './cash-flow.ts';
import { type Polynomial, signAt, trimmed } from './polynomial.ts';
import { decimalOf, firstAfter, RATE_DECIMALS, readDecimals, roundCell } from './rate-grid.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';
import { type SturmChain, signChangesAt, sturmChain } from './sturm-chain.ts';

/** Every rate at which a cash flow comes to nothing, each once, the lowest first; a fraction of one for a period, such as `0.0184` for 1.84 %. */
export type InternalRates =
  | { readonly kind: 'none'; readonly rates: readonly [] }
  | { readonly kind: 'unique'; readonly rates: readonly [Decimal] }
  | { readonly kind: 'multiple'; readonly rates: readonly [Decimal, Decimal, ...Decimal[]] };

/**
 * Finds every rate above −100 % a period at which a cash flow comes to nothing. Rates are counted in whole numbers, by Sturm's theorem: none is missed, and none
 * is there that is not, however near two of them lie. Most winners of an auction chit have two or none, so that no single rate could tell what a ticket costs.
 *
 * @param flow - One place a period.
 * @param decimals - To which each rate is rounded, a half up; exactly so. 10 where absent.
 * @returns All of them.
 *
 * @errors
 * - `cash_flow_invalid`: no list of 2 to 260 bigints, or nothing but zeros.
 * - `rate_invalid`: `decimals` is not from 1 to 30.
 * @source docs/rules/chit-fund.md, CF-26
 */
export function internalRates(
  flow: CashFlow,
  decimals: number = RATE_DECIMALS,
): Result<InternalRates, CashFlowInvalid | ReturnRateInvalid> {
  const checked = checkCashFlow(flow);
  if (checked.isErr()) return err(checked.error);
  const read = readDecimals(decimals);
  if (read.isErr()) return err(read.error);
  const polynomial = polynomialOf(flow);
  const grid: Grid = { chain: sturmChain(polynomial), unit: 2n * 10n ** BigInt(decimals) };
  const end = (1n + boundOf(polynomial)) * grid.unit;
  const rates = rootsIn(grid, [0n, end]).map((units) => decimalOf(units - 10n ** BigInt(decimals), decimals));
  return ok(named(rates));
}

/** Names a list of rates by how many there are. */
export function named(rates: readonly Decimal[]): InternalRates {
  const [first, second, ...others] = rates;
  if (first === undefined) return { kind: 'none', rates: [] };
  if (second === undefined) return { kind: 'unique', rates: [first] };
  return { kind: 'multiple', rates: [first, second, ...others] };
}

interface Grid {
  readonly chain: SturmChain;
  /** Places are counted in half units of the last decimal. */
  readonly unit: bigint;
}

/** The flow as a polynomial in 1 + rate, without roots at zero. */
function polynomialOf(flow: CashFlow): Polynomial {
  const rising = flow.toReversed();
  return trimmed(rising.slice(rising.findIndex((amount) => amount !== 0n)));
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
  if (atEnd === 0) return roundCell(to, true);
  const cell = firstAfter(from, to, (at) => {
    const sign = signAt(polynomial, at, unit);
    return sign === 0 || sign === atEnd;
  });
  return roundCell(cell, signAt(polynomial, cell, unit) === 0);
}
