import type { Refusal } from '@holdfast/kernel';
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

/** What each command that moves money may be refused for, beyond what any unit may. */
export interface TransferRefusals {
  readonly Transfer: never;
  readonly TransferAll: NothingToTransfer;
  readonly PostEntry: never;
}
