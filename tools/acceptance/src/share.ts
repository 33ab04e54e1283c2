/** What one of four processes was answered: `committed`, `replayed` or the code of a refusal, in the order in which it asked. */
export interface Share {
  /** Of the contractor's money, a dollar each, under keys of its own. */
  readonly withdrawals: readonly string[];
  /** Deposits under keys that all processes use. */
  readonly shared: readonly string[];
  /** Of accepted offers: every other process completes them, the rest cancel them. */
  readonly ends: readonly string[];
}

/** How many withdrawals each process asks for: together twice what there is. */
export const WITHDRAWALS = 40;
/** How many keys the processes share. */
export const SHARED = 20;
/** How many offers they end. */
export const OFFERS = 10;
