import type { Instant, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/**
 * The account has nothing that could move.
 *
 * @severity answer
 * @retry once money has come in
 */
export interface NothingToTransfer extends Refusal<'nothing_to_transfer'> {
  readonly account: string;
  readonly balance: Money;
}

/**
 * An entry would take effect after the unit that posts it.
 *
 * @severity mistake
 * @retry once the instant has passed
 */
export interface EffectiveLater extends Refusal<'effective_later'> {
  readonly effectiveAt: Instant;
  /** By the book's clock. */
  readonly at: Instant;
}

/** What each command that moves money may be refused for, beyond what any unit may, in order of precedence. */
export interface TransferRefusals {
  readonly Transfer: EffectiveLater;
  readonly TransferAll: EffectiveLater | NothingToTransfer;
  readonly PostEntry: EffectiveLater;
}
