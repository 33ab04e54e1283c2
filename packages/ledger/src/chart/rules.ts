import type { AccountType } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** How the accounts of one pattern behave. */
export interface AccountRule {
  /** Its class in double entry. Assets and expenses are debit-normal: their balance here is below zero when they are positive. */
  readonly type: AccountType;
  /**
   * The lowest balance: `zero` (the default), `none` for places outside such as a bank, or an overdraft of so much in each currency that is
   * named, and of nothing in the others.
   */
  readonly floor?: 'none' | 'zero' | { readonly overdraft: readonly Money[] };
  /** Whether falling below the floor is an answer to the caller (`refusal`, the default) or a bug (`defect`). */
  readonly breach?: 'refusal' | 'defect';
  /** Whether the first transfer opens the account (`first_use`, the default), or only `OpenAccount` does (`explicitly`). */
  readonly opens?: 'first_use' | 'explicitly';
  /** Whose money it is: fixed text, in which `{parameters}` of the pattern are filled in. */
  readonly owner?: string;
  /** The codes of the only currencies in which such accounts may open; all where absent. */
  readonly currencies?: readonly string[];
}

/** A chart of accounts as data: a rule for each pattern. A pattern is made of segments joined by colons; a segment in braces is a parameter. */
export interface ChartRules {
  readonly [pattern: string]: AccountRule;
}
