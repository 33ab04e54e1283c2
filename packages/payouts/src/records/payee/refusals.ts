import type { Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/**
 * There is no payee of this id.
 *
 * @severity mistake
 * @retry once the payee is registered
 */
export interface PayeeUnknown extends Refusal<'payee_unknown'> {
  readonly payee: string;
}

/**
 * The payee was registered before.
 *
 * @severity answer
 * @retry no
 */
export interface PayeeExists extends Refusal<'payee_exists'> {
  readonly payee: string;
}

/**
 * There is no such hold.
 *
 * @severity answer
 * @retry no
 */
export interface HoldUnknown extends Refusal<'payout_hold_unknown'> {
  readonly reason: string;
  /** `null` where none was named. */
  readonly reference: string | null;
}

/**
 * More is to be written off than the payee owes.
 *
 * @severity mistake
 * @retry no
 */
export interface WriteOffExceedsDebt extends Refusal<'write_off_exceeds_debt'> {
  readonly payee: string;
  readonly amount: Money;
  readonly debt: Money;
}

/** What each command about a payee may be refused for, beyond what any unit may, in order of precedence. */
export interface PayeeRefusals {
  readonly RegisterPayee: PayeeExists;
  readonly SetOnboarded: PayeeUnknown;
  readonly ChangeDestination: PayeeUnknown;
  readonly FreezePayee: PayeeUnknown;
  readonly UnfreezePayee: PayeeUnknown;
  readonly AddHold: PayeeUnknown;
  readonly ReleaseHold: PayeeUnknown | HoldUnknown;
  readonly OpenDebt: PayeeUnknown;
  readonly WriteOffDebt: PayeeUnknown | WriteOffExceedsDebt;
}
