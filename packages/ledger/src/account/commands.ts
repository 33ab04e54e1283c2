import type { AccountClosed, AccountUnknown, Refusal, ShapeInvalid } from '@holdfast/kernel';
import type { Currency } from '@holdfast/money';
import { err, type Result } from 'neverthrow';
import { accountName, currencyValue, literal, oneOf } from '../shape/fields.ts';
import { readShape, shapeInvalid } from '../shape/read-shape.ts';
import { typeOf } from '../transfer/commands.ts';

/** Opens an account before its first transfer; the only way for accounts that open explicitly. */
export interface OpenAccount {
  readonly type: 'OpenAccount';
  readonly account: string;
  readonly currency: Currency;
}

/** Freezes an account. What is frozen already may change its side. */
export interface FreezeAccount {
  readonly type: 'FreezeAccount';
  readonly account: string;
  readonly currency: Currency;
  /** `debits`: money may come, none may go, so that refunds still arrive. `all`: neither. */
  readonly frozen: 'debits' | 'all';
}

/** Lets a frozen account give and take again. */
export interface UnfreezeAccount {
  readonly type: 'UnfreezeAccount';
  readonly account: string;
  readonly currency: Currency;
}

/** Closes an account for good. It has to be empty, and nothing is posted on it afterwards. */
export interface CloseAccount {
  readonly type: 'CloseAccount';
  readonly account: string;
  readonly currency: Currency;
}

/** Any of the commands about one account. */
export type AnyAccountCommand = OpenAccount | FreezeAccount | UnfreezeAccount | CloseAccount;

/**
 * The account is there already.
 *
 * @severity answer
 * @retry no
 */
export interface AccountExists extends Refusal<'account_exists'> {
  readonly account: string;
}

/**
 * The account is not frozen, so there is nothing to lift.
 *
 * @severity answer
 * @retry no, unless it is frozen first
 */
export interface AccountNotFrozen extends Refusal<'account_not_frozen'> {
  readonly account: string;
}

/** The commands about one account, each with exactly what it may be refused for. */
export type AccountCommands = {
  readonly OpenAccount: { readonly command: OpenAccount; readonly refusal: AccountExists };
  readonly FreezeAccount: { readonly command: FreezeAccount; readonly refusal: AccountUnknown | AccountClosed };
  readonly UnfreezeAccount: {
    readonly command: UnfreezeAccount;
    readonly refusal: AccountUnknown | AccountClosed | AccountNotFrozen;
  };
  readonly CloseAccount: { readonly command: CloseAccount; readonly refusal: AccountUnknown | AccountClosed };
};

/** Reads a command from outside. */
export function parseAccountCommand(command: unknown): Result<AnyAccountCommand, ShapeInvalid> {
  switch (typeOf(command)) {
    case 'OpenAccount':
      return readShape(command, { type: literal('OpenAccount'), ...ONE });
    case 'FreezeAccount':
      return readShape(command, { type: literal('FreezeAccount'), ...ONE, frozen: oneOf('debits', 'all') });
    case 'UnfreezeAccount':
      return readShape(command, { type: literal('UnfreezeAccount'), ...ONE });
    case 'CloseAccount':
      return readShape(command, { type: literal('CloseAccount'), ...ONE });
    default:
      return err(
        shapeInvalid('type', typeOf(command), `'OpenAccount', 'FreezeAccount', 'UnfreezeAccount' or 'CloseAccount'`),
      );
  }
}

const ONE = { account: accountName, currency: currencyValue };
