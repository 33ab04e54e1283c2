import { playPayOnce } from './play-pay-once.ts';
import type { PayOnceRules } from './rules.ts';

/** What many histories under the same rules came to. */
export interface PayOnceCount {
  readonly histories: number;
  /** Histories in which the provider's own book shows more than one payment. */
  readonly paidTwice: number;
  /** Histories whose end an operator has to tell. */
  readonly leftToOperator: number;
  readonly paidOnce: number;
  /** Histories in which our book does not say of the obligation what the provider's says, and no operator is asked. */
  readonly untold: number;
}

/** Which histories are played. */
export interface PayOnceRun {
  /** How many at most. */
  readonly histories: number;
  /** Where they begin; 1 where it is absent. */
  readonly seed?: number;
  /** Whether the first one that pays twice is the last. */
  readonly stopsAtTwice?: boolean;
}

/**
 * Plays histories under the same rules, one seed after the other.
 *
 * @source docs/rules/providers.md, PR-12
 */
export function runPayOnce(
  rules: PayOnceRules,
  { histories, seed = 1, stopsAtTwice = false }: PayOnceRun,
): PayOnceCount {
  const count = { histories: 0, paidTwice: 0, leftToOperator: 0, paidOnce: 0, untold: 0 };
  while (count.histories < histories && !(stopsAtTwice && count.paidTwice > 0)) {
    const end = playPayOnce(seed + count.histories, rules);
    count.histories += 1;
    if (end.paid > 1) count.paidTwice += 1;
    if (end.paid === 1) count.paidOnce += 1;
    if (end.leftToOperator) count.leftToOperator += 1;
    else if (end.knownPaid !== end.paid > 0) count.untold += 1;
  }
  return count;
}
