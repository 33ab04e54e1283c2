import {
  type AccountChange,
  type AccountClosed,
  type AccountUnknown,
  accountKey,
  type Json,
  type MovesDecider,
  type Seen,
} from '@holdfast/kernel';
import type { Currency } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { withoutRecord } from '../without-record.ts';
import {
  type AccountCommands,
  type AccountExists,
  type AccountNotFrozen,
  type AnyAccountCommand,
  parseAccountCommand,
} from './commands.ts';

interface OfAccount {
  readonly account: string;
  readonly currency: Currency;
}

/** What happened to one account. */
export type AccountEvent =
  | ({ readonly type: 'AccountOpened' } & OfAccount)
  | ({ readonly type: 'AccountFrozen'; readonly frozen: 'debits' | 'all' } & OfAccount)
  | ({ readonly type: 'AccountUnfrozen' } & OfAccount)
  | ({ readonly type: 'AccountClosed' } & OfAccount);

/**
 * Opens, freezes, unfreezes and closes accounts.
 *
 * An account that holds money does not close (`account_not_empty`, which the unit itself answers).
 *
 * @source docs/rules/ledger.md, L-7, L-8
 */
export const manageAccounts: MovesDecider<AccountCommands, AccountEvent> = {
  ...withoutRecord,
  kind: 'account',
  parse: parseAccountCommand,
  needs: (command) => {
    const { account, currency } = command as AnyAccountCommand;
    return { accounts: [accountKey(account, currency.code)] };
  },
  decide: (seen, command) => decideAccount(seen, command as AnyAccountCommand),
  transfers: () => [],
  accounts: (event) => [changeOf(event)],
  codec: {
    encodeState: () => null,
    decodeState: () => undefined,
    encodeEvent: ({ type, ...rest }) => ({ type, version: 1, data: encode(rest) }),
    decodeEvent: ({ type, data }) => decode(type, data),
  },
};

function decideAccount(
  seen: Seen,
  command: AnyAccountCommand,
): Result<readonly [AccountEvent], AccountExists | AccountUnknown | AccountClosed | AccountNotFrozen> {
  const { account, currency } = command;
  const state = seen.account(account, currency.code);
  const of = { account, currency: { code: currency.code, scale: currency.scale } };
  if (command.type === 'OpenAccount') {
    return state ? err({ code: 'account_exists', account }) : ok([{ type: 'AccountOpened', ...of }]);
  }
  if (!state) return err({ code: 'account_unknown', account });
  if (state.closed) return err({ code: 'account_closed', account });
  switch (command.type) {
    case 'FreezeAccount':
      return ok([{ type: 'AccountFrozen', ...of, frozen: command.frozen }]);
    case 'UnfreezeAccount':
      return state.frozen === 'none'
        ? err({ code: 'account_not_frozen', account })
        : ok([{ type: 'AccountUnfrozen', ...of }]);
    case 'CloseAccount':
      return ok([{ type: 'AccountClosed', ...of }]);
  }
}

function changeOf(event: AccountEvent): AccountChange {
  const { account, currency } = event;
  switch (event.type) {
    case 'AccountOpened':
      return { account, currency, open: true };
    case 'AccountFrozen':
      return { account, currency, frozen: event.frozen };
    case 'AccountUnfrozen':
      return { account, currency, frozen: 'none' };
    case 'AccountClosed':
      return { account, currency, closed: true };
  }
}

function encode(event: OfAccount & { readonly frozen?: 'debits' | 'all' }): Json {
  const { account, currency, frozen } = event;
  const of = { account, currency: { code: currency.code, scale: currency.scale } };
  return frozen === undefined ? of : { ...of, frozen };
}

function decode(type: string, data: Json): AccountEvent {
  return { type, ...(data as object) } as AccountEvent;
}
