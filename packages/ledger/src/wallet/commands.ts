import type { ShapeInvalid } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err, type Result } from 'neverthrow';
import { idText, literal, optional, positiveAmount } from '../shape/fields.ts';
import { readShape, shapeInvalid } from '../shape/read-shape.ts';
import { typeOf } from '../transfer/commands.ts';
import type { WalletRefusal } from './refusals.ts';

/** Money that arrived from outside goes to its owner. */
export interface Deposit {
  readonly type: 'Deposit';
  /** Whose wallet. */
  readonly owner: string;
  readonly amount: Money;
  /** Through whom it came: the id in the pattern of the outside account, such as `stripe`. */
  readonly from: string;
  /** An id of the host's own, which the journal carries. */
  readonly reference?: string;
}

/** Money leaves its owner's wallet for outside. */
export interface Withdraw {
  readonly type: 'Withdraw';
  readonly owner: string;
  readonly amount: Money;
  /** Through whom it leaves. */
  readonly to: string;
  readonly reference?: string;
}

/** Any of the commands about a wallet. */
export type AnyWalletCommand = Deposit | Withdraw;

/** The commands about wallets, each with exactly what it may be refused for. */
export type WalletCommands = {
  readonly Deposit: { readonly command: Deposit; readonly refusal: WalletRefusal };
  readonly Withdraw: { readonly command: Withdraw; readonly refusal: WalletRefusal };
};

/** Reads a command from outside. */
export function parseWalletCommand(command: unknown): Result<AnyWalletCommand, ShapeInvalid> {
  switch (typeOf(command)) {
    case 'Deposit':
      return readShape(command, DEPOSIT);
    case 'Withdraw':
      return readShape(command, WITHDRAW);
    default:
      return err(shapeInvalid('type', typeOf(command), `'Deposit' or 'Withdraw'`));
  }
}

const DEPOSIT = {
  type: literal('Deposit'),
  owner: idText,
  amount: positiveAmount,
  from: idText,
  reference: optional(idText),
};
const WITHDRAW = {
  type: literal('Withdraw'),
  owner: idText,
  amount: positiveAmount,
  to: idText,
  reference: optional(idText),
};
