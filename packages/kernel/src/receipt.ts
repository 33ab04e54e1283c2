import type { Money } from '@holdfast/money';
import type { Instant } from './instant.ts';

/** The answer to a command that was done. */
export interface Receipt {
  /**
   * `committed`: this call did it, and it is durable; only this entitles to act outside.
   * `replayed`: an earlier call with the key did it.
   * `provisional`: done in a transaction that the host still has to commit.
   * `previewed`: would be done; nothing was written.
   */
  readonly status: 'committed' | 'replayed' | 'provisional' | 'previewed';
  readonly book: string;
  /** Of the unit. Give it to a read as `atLeast` to see what was written. */
  readonly sequence: number;
  readonly at: Instant;
  /** Of the unit, 64 hexadecimal digits. */
  readonly digest: string;
  /** Of every account that the unit touched, after it. */
  readonly balances: ReadonlyMap<string, Money>;
}
