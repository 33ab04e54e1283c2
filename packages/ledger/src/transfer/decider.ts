import {
  accountKey,
  type Context,
  type Instant,
  type MovesDecider,
  type Needs,
  type Seen,
  type Transfer,
} from '@holdfast/kernel';
import { money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { withoutRecord } from '../without-record.ts';
import { checkEffective } from './check-effective.ts';
import { type AnyTransferCommand, parseTransferCommand, type TransferCommands } from './commands.ts';
import type { EffectiveLater, NothingToTransfer } from './refusals.ts';

/** Money moved, as a whole. Stored without the transfers and the instant, since the unit's entry beside it has them. */
export interface MoneyTransferred {
  readonly type: 'MoneyTransferred';
  readonly transfers: readonly Transfer[];
  readonly reference?: string;
  readonly effectiveAt?: Instant;
}

/**
 * Moves money between accounts: `Transfer`, `TransferAll` and `PostEntry`. Keeps no record; what happened is in the journal.
 *
 * Accounts open as the chart says; whether they may give and take is for the unit's own checks (`account_unknown`, `account_closed`,
 * `account_frozen`, `period_closed`, `insufficient_funds`). `TransferAll` answers `nothing_to_transfer` where the balance is zero or less.
 *
 * @source docs/rules/ledger.md, L-4, L-5, L-6, L-24
 */
export const transferMoney: MovesDecider<TransferCommands, MoneyTransferred> = {
  ...withoutRecord,
  kind: 'transfer',
  parse: parseTransferCommand,
  needs: (command) => needsOf(command as AnyTransferCommand),
  decide: (seen, command, context) => decideTransfer(seen, command as AnyTransferCommand, context),
  transfers: (event) => event.transfers,
  effectiveAt: (event) => event.effectiveAt,
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
  { at }: Context,
): Result<readonly [MoneyTransferred], EffectiveLater | NothingToTransfer> {
  const later = checkEffective(command.effectiveAt, at);
  if (later) return err(later);
  return transfersOf(seen, command).map((transfers) => [transferred(transfers, command)]);
}

function transfersOf(seen: Seen, command: AnyTransferCommand): Result<readonly Transfer[], NothingToTransfer> {
  if (command.type === 'PostEntry') return ok(command.transfers);
  const { from, to, kind } = command;
  if (command.type === 'Transfer') return ok([{ from, to, amount: command.amount, kind }]);
  const balance = money(seen.balance(from, command.currency.code), command.currency);
  if (balance.minor <= 0n) return err({ code: 'nothing_to_transfer', account: from, balance });
  return ok([{ from, to, amount: balance, kind }]);
}

function transferred(transfers: readonly Transfer[], { reference, effectiveAt }: AnyTransferCommand): MoneyTransferred {
  const type = 'MoneyTransferred';
  if (effectiveAt === undefined) return reference === undefined ? { type, transfers } : { type, transfers, reference };
  return { type, transfers, ...(reference === undefined ? {} : { reference }), effectiveAt };
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
