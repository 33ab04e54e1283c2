import { divideRounded } from '@holdfast/money';
import { WHOLE_BPS } from '../factors.ts';

/** How a group fares against the one that fares best. */
export interface GroupImpact {
  readonly group: string;
  /** How many it has. */
  readonly people: number;
  /** How many of them reach the threshold. */
  readonly reaching: number;
  /** Its share of those who reach it over that of the best group, in basis points, rounded down. */
  readonly ratioBps: bigint;
  /** Whether the share is at least four fifths of the best one's, exactly. */
  readonly isWithinFourFifths: boolean;
}

/**
 * Compares the shares of labelled groups that reach a threshold: the adverse-impact ratio. The labels are those of a
 * cohort and never enter a score.
 *
 * @param cohort - Each person's group, and whether the threshold is reached.
 * @returns The groups by name. Where nobody reaches it, all are equal.
 * @source docs/rules/chit-score.md, CS-12
 */
export function adverseImpact(
  cohort: readonly { readonly group: string; readonly reaches: boolean }[],
): readonly GroupImpact[] {
  const groups = new Map<string, { people: number; reaching: number }>();
  for (const { group, reaches } of cohort) {
    const counted = groups.get(group) ?? { people: 0, reaching: 0 };
    counted.people += 1;
    if (reaches) counted.reaching += 1;
    groups.set(group, counted);
  }
  let [most, of] = [0n, 1n];
  for (const { people, reaching } of groups.values()) {
    if (BigInt(reaching) * of > most * BigInt(people)) [most, of] = [BigInt(reaching), BigInt(people)];
  }
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([group, { people, reaching }]) => {
      const [share, best] = most === 0n ? [1n, 1n] : [BigInt(reaching) * of, most * BigInt(people)];
      const ratioBps = divideRounded(share * WHOLE_BPS, best, 'floor');
      return { group, people, reaching, ratioBps, isWithinFourFifths: 5n * share >= 4n * best };
    });
}
