import type { NotAuthorised, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/**
 * The amount is less than the wallet's rules allow in one command.
 *
 * @severity answer
 * @retry no
 */
export interface AmountBelowMinimum extends Refusal<'amount_below_minimum'> {
  readonly command: 'Deposit' | 'Withdraw';
  readonly amount: Money;
  readonly minimum: Money;
}

/**
 * The amount is more than the wallet's rules allow in one command.
 *
 * @severity answer
 * @retry no
 */
export interface AmountAboveMaximum extends Refusal<'amount_above_maximum'> {
  readonly command: 'Deposit' | 'Withdraw';
  readonly amount: Money;
  readonly maximum: Money;
}

/** What a command about a wallet may be refused for, beyond what any unit may, in order of precedence. */
export type WalletRefusal = NotAuthorised | AmountBelowMinimum | AmountAboveMaximum;
