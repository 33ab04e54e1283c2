import * as fc from 'fast-check';
import { type Factors, factorNames } from '../factors.ts';

const anyBps = fc.oneof(fc.constantFrom(0n, 1n, 5_000n, 9_999n, 10_000n), fc.bigInt({ min: 0n, max: 10_000n }));

/**
 * Makes four factors, often at their edges.
 *
 * @returns An arbitrary of basis points.
 */
export function anyFactors(): fc.Arbitrary<Factors> {
  return fc.tuple(anyBps, anyBps, anyBps, anyBps).map((four) => {
    const entries = factorNames.map((name, index) => [name, four[index] as bigint] as const);
    return Object.fromEntries(entries) as Factors;
  });
}
