import { type Money, money, reverseCumulatively } from '@holdfast/money';
import type { HeldLine, LineAmounts } from './thing.ts';

/** What a thing holds, line by line. */
export type Holding = Readonly<Record<string, HeldLine>>;

/** Shares of lines, by line; lines of which nothing is taken are absent. */
export type Shares = LineAmounts;

/**
 * Gives all that is held.
 */
export function sliceRest(holding: Holding): Shares {
  return sharesOf(holding, ({ rest }) => rest.minor);
}

/**
 * Takes an amount from what is held, in proportion to the frozen quote: by Webster's method, cumulatively, so that however often a
 * part is taken, in the end each line has given exactly what it had.
 *
 * @param asked - Minor units, from zero to what is held.
 * @param lines - All lines in the order of the definition: of two that have the same right to a cent, the earlier gives it.
 * @returns Shares that sum to `asked`, none more than its line holds.
 * @source docs/rules/escrow.md, E-9
 */
export function sliceInProportion(holding: Holding, asked: bigint, lines: readonly string[]): Shares {
  const names = [...lines.filter((line) => holding[line]), ...namesIn(holding).filter((line) => !lines.includes(line))];
  const basis = names.map((name) => basisOf(holding[name] as HeldLine));
  let already = 0n;
  for (const [index, name] of names.entries())
    already += (basis[index] as bigint) - (holding[name] as HeldLine).rest.minor;
  const shares = reverseCumulatively(basis, { already, back: asked });
  return sharesOf(holding, (_line, name) => shares[names.indexOf(name)] as bigint);
}

/**
 * Takes an amount from what is held, one line after the other.
 *
 * @param asked - Minor units.
 * @param order - The lines in the order in which they are emptied. Others are kept.
 * @returns Shares that sum to `asked`, or less where these lines hold less.
 * @source docs/rules/escrow.md, E-10
 */
export function sliceInOrder(holding: Holding, asked: bigint, order: readonly string[]): Shares {
  const taken = new Map<string, bigint>();
  let left = asked;
  for (const name of order) {
    const rest = holding[name]?.rest.minor ?? 0n;
    const share = rest < left ? rest : left;
    taken.set(name, share);
    left -= share;
  }
  return sharesOf(holding, (_line, name) => taken.get(name) ?? 0n);
}

/** What a thing holds of the lines given, or of all of them, in minor units. */
export function restOf(holding: Holding, lines: readonly string[] = Object.keys(holding)): bigint {
  let total = 0n;
  for (const name of lines) total += holding[name]?.rest.minor ?? 0n;
  return total;
}

function basisOf(line: HeldLine): bigint {
  return (line.basis ?? line.frozen).minor;
}

function sharesOf(holding: Holding, share: (line: HeldLine, name: string) => bigint): Shares {
  const shares: Record<string, Money> = {};
  for (const name of namesIn(holding)) {
    const line = holding[name] as HeldLine;
    const minor = share(line, name);
    if (minor > 0n) shares[name] = money(minor, line.rest.currency);
  }
  return shares;
}

/** In the order of their names, as a state that was read back has them: what was kept in memory is sliced alike. */
function namesIn(holding: Holding): readonly string[] {
  return Object.keys(holding).sort();
}
