import { signOf, sizeOf } from './polynomial.ts';
import { firstAfter } from './rate-grid.ts';

/** One term of a polynomial with few of them. */
export interface Term {
  readonly power: number;
  /** Not zero. */
  readonly factor: bigint;
}

/** Where roots lie, and whether there are no others. */
export interface SparseRoots {
  /** Each root to the power that was asked for, in units of 10^−decimals, a half up. */
  readonly roots: readonly bigint[];
  readonly complete: boolean;
}

/** A place as a fraction of a power of two. */
interface Place {
  readonly at: bigint;
  readonly bits: number;
}

/** Bits after the point at which places are told apart at first. */
const BITS = 50;

/**
 * Finds the roots above zero of a polynomial with few terms and high powers.
 *
 * Divided by the power at which its factors first change their sign and derived, it has one change of sign less; between two roots of what comes out it rises or
 * falls all the way, so that its signs there say where its own roots are. Signs are computed in whole numbers.
 *
 * @param terms - In ascending order of their powers.
 * @param result - The power of a root that is told, and its decimals.
 * @source Descartes' rule of signs, by Rolle's theorem
 */
export function rootsOf(
  terms: readonly Term[],
  result: { readonly power: number; readonly decimals: number },
): SparseRoots {
  const { cells, complete } = cellsOf(terms);
  return { roots: cells.map((cell) => roundPower(terms, cell, result)), complete };
}

/** The cells `(at − 1, at]` of the first grid that hold a root each. */
function cellsOf(terms: readonly Term[]): { readonly cells: readonly bigint[]; readonly complete: boolean } {
  const change = terms.findIndex(
    (term, index) => index > 0 && term.factor < 0n !== (terms[index - 1]?.factor ?? 0n) < 0n,
  );
  const before = terms[change - 1];
  if (before === undefined) return { cells: [], complete: true };
  const derived = terms
    .filter((term) => term !== before)
    .map(({ power, factor }): Term => ({ power, factor: factor * BigInt(power - before.power) }));
  const turns = cellsOf(derived);
  const cells: bigint[] = [];
  let complete = turns.complete;
  let from = { at: 0n, sign: signOf(terms[0]?.factor ?? 0n) };
  const look = (at: bigint, sign: -1 | 0 | 1): void => {
    if (sign !== from.sign && from.sign !== 0) cells.push(cellBetween(terms, from, { at, sign }));
    from = { at, sign };
  };
  for (const turn of turns.cells) {
    for (const at of [turn - 1n, turn]) if (at > from.at) look(at, signAtPlace(terms, { at, bits: BITS }));
    if (cells.at(-1) !== turn && !staysAway(terms, turn)) complete = false;
  }
  const lastSign = signOf(terms.at(-1)?.factor ?? 0n);
  let end = from.at > 1n << BigInt(BITS) ? from.at : 1n << BigInt(BITS);
  while (from.sign !== lastSign && signAtPlace(terms, { at: end, bits: BITS }) !== lastSign) end *= 2n;
  look(end, lastSign);
  return { cells, complete };
}

function cellBetween(
  terms: readonly Term[],
  from: { readonly at: bigint; readonly sign: number },
  to: { readonly at: bigint; readonly sign: number },
): bigint {
  return firstAfter(from.at, to.at, (at) => signAtPlace(terms, { at, bits: BITS }) !== from.sign);
}

/** Whether the polynomial is too far from zero at the end of a cell to reach it within: it changes by less than the cell times its steepest. */
function staysAway(terms: readonly Term[], cell: bigint): boolean {
  const last = terms.at(-1)?.power ?? 0;
  const unit = BigInt(BITS);
  const value = sizeOf(valueAt(terms, { at: cell, bits: BITS }));
  let steepest = 0n;
  for (const { power, factor } of terms) {
    if (power > 0)
      steepest += sizeOf(factor) * BigInt(power) * ((cell ** BigInt(power - 1)) << (unit * BigInt(last - power)));
  }
  return value > steepest;
}

/** The value times 2^(bits × highest power), a whole number. */
function valueAt(terms: readonly Term[], { at, bits }: Place): bigint {
  const last = terms.at(-1)?.power ?? 0;
  let value = 0n;
  let power = last;
  for (const term of terms.toReversed()) {
    value = value * at ** BigInt(power - term.power) + (term.factor << BigInt(bits * (last - term.power)));
    power = term.power;
  }
  return value * at ** BigInt(power);
}

function signAtPlace(terms: readonly Term[], place: Place): -1 | 0 | 1 {
  return signOf(valueAt(terms, place));
}

/** Halves a root's cell until both of its ends give the same rounded power; one that lies on a half itself goes up. */
function roundPower(
  terms: readonly Term[],
  cell: bigint,
  result: { readonly power: number; readonly decimals: number },
): bigint {
  const rounded = ({ at, bits }: Place): bigint => {
    const scaled = at ** BigInt(result.power) * 10n ** BigInt(result.decimals);
    const shift = BigInt(bits * result.power);
    return ((scaled << 1n) + (1n << shift)) >> (shift + 1n);
  };
  let [at, bits] = [cell, BITS];
  const sign = signAtPlace(terms, { at, bits });
  // What is within 2^−200 of a half counts as the half.
  while (sign !== 0 && bits < 200 && rounded({ at: at - 1n, bits }) !== rounded({ at, bits })) {
    bits += 1;
    const middle = signAtPlace(terms, { at: 2n * at - 1n, bits });
    at = middle === sign || middle === 0 ? 2n * at - 1n : 2n * at;
  }
  return rounded({ at, bits });
}
