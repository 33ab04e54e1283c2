import { accountKey, type MovesDecider, type Needs, type Seen, type Transfer } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { withoutRecord } from '../without-record.ts';
import { type AnyTransferCommand, parseTransferCommand, type TransferAll, type TransferCommands } from './commands.ts';
import type { NothingToTransfer } from './refusals.ts';

/** Money moved, as a whole. Stored without the transfers, since the unit's entry beside it has them. */
export interface MoneyTransferred {
  readonly type: 'MoneyTransferred';
  readonly transfers: readonly Transfer[];
  readonly reference?: string;
}

/**
 * Moves money between accounts: `Transfer`, `TransferAll` and `PostEntry`. Keeps no record; what happened is in the journal.
 *
 * Accounts open as the chart says; whether they may give and take is for the unit's own checks (`account_unknown`, `account_closed`,
 * `account_frozen`, `insufficient_funds`). `TransferAll` answers `nothing_to_transfer` where the balance is zero or less.
 *
 * @source docs/rules/ledger.md, L-4, L-5, L-6
 */
export const transferMoney: MovesDecider<TransferCommands, MoneyTransferred> = {
  ...withoutRecord,
  kind: 'transfer',
  parse: parseTransferCommand,
  needs: (command) => needsOf(command as AnyTransferCommand),
  decide: (seen, command) => decideTransfer(seen, command as AnyTransferCommand),
  transfers: (event) => event.transfers,
  codec: {
    encodeState: () => null,
    decodeState: () => undefined,
    encodeEvent: ({ type, reference }) => ({ type, version: 1, data: reference === undefined ? {} : { reference } }),
    decodeEvent: ({ data }) => ({
      type: 'MoneyTransferred',
      transfers: [],
      ...(data as { readonly reference?: string }),
    }),
  },
};

function decideTransfer(
  seen: Seen,
  command: AnyTransferCommand,
): Result<readonly [MoneyTransferred], NothingToTransfer> {
  switch (command.type) {
    case 'Transfer': {
      const { from, to, amount, kind } = command;
      return ok([transferred([{ from, to, amount, kind }], command.reference)]);
    }
    case 'TransferAll':
      return decideTransferAll(seen, command);
    case 'PostEntry':
      return ok([transferred(command.transfers, command.reference)]);
  }
}

function decideTransferAll(seen: Seen, command: TransferAll): Result<readonly [MoneyTransferred], NothingToTransfer> {
  const { from, to, currency, kind } = command;
  const balance = money(seen.balance(from, currency.code), currency);
  if (balance.minor <= 0n) return err({ code: 'nothing_to_transfer', account: from, balance });
  return ok([transferred([{ from, to, amount: balance, kind }], command.reference)]);
}

function transferred(transfers: readonly Transfer[], reference: string | undefined): MoneyTransferred {
  const type = 'MoneyTransferred';
  return reference === undefined ? { type, transfers } : { type, transfers, reference };
}

function needsOf(command: AnyTransferCommand): Partial<Needs> {
  switch (command.type) {
    case 'Transfer':
      return { accounts: bothKeys(command, command.amount.currency.code) };
    case 'TransferAll':
      return { accounts: bothKeys(command, command.currency.code) };
    case 'PostEntry':
      return {
        accounts: [...new Set(command.transfers.flatMap((one) => bothKeys(one, one.amount.currency.code)))],
      };
  }
}

function bothKeys({ from, to }: { readonly from: string; readonly to: string }, code: string): [string, string] {
  return [accountKey(from, code), accountKey(to, code)];
}
