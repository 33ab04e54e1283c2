import { derivativeOf, type Polynomial, pseudoDivide, signAt, sizeOf } from './polynomial.ts';

/** Sturm's chain of a polynomial without multiple roots: the polynomial itself first. */
export type SturmChain = readonly [Polynomial, ...Polynomial[]];

/**
 * Makes the Sturm chain of a polynomial, freed of multiple roots first, so that each root counts once.
 *
 * @param polynomial - Not zero.
 * @returns A chain for {@link rootsUpTo}; its first member has exactly the roots of the polynomial.
 * @source C. Sturm, Mémoire sur la résolution des équations numériques, 1829
 */
export function sturmChain(polynomial: Polynomial): SturmChain {
  const chain = chainOf(polynomial);
  const common = chain.at(-1) ?? [1n];
  if (common.length === 1) return chain;
  return chainOf(pseudoDivide(chain[0], common).quotient);
}

/**
 * Counts roots by their signs: the roots above one place up to another are the changes at the first less those at the second.
 *
 * @param chain - From {@link sturmChain}.
 * @param at - In units of `1 / unit`.
 * @returns How often the sign changes along the chain.
 */
export function signChangesAt(chain: SturmChain, at: bigint, unit: bigint): number {
  let changes = 0;
  let before = 0;
  for (const member of chain) {
    const sign = signAt(member, at, unit);
    // A member that is zero between others counts as the change: its neighbours have opposite signs there (Sturm).
    if (before !== 0 && sign !== before) changes += 1;
    before = sign;
  }
  return changes;
}

/**
 * Divides on, each remainder with its sign turned. Remainders are freed of the factor that they have by their making (subresultants): their coefficients grow in
 * proportion to how many there are and not twofold each time, and no common divisor has to be looked for.
 */
function chainOf(polynomial: Polynomial): SturmChain {
  const chain: [Polynomial, ...Polynomial[]] = [polynomial];
  let [before, last] = [polynomial, derivativeOf(polynomial)];
  let [factor, growth] = [1n, 1n];
  while (last.length > 0) {
    chain.push(last);
    const { remainder } = pseudoDivide(before, last);
    const next = remainder.map((coefficient) => -coefficient / factor);
    const drop = before.length - last.length;
    const lead = sizeOf(last.at(-1) ?? 1n);
    growth = lead ** BigInt(drop) / growth ** BigInt(drop - 1);
    factor = lead * growth ** BigInt(last.length - next.length);
    [before, last] = [last, next];
  }
  return chain;
}
