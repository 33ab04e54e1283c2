import type { Context, Needs, Seen } from '@holdfast/kernel';
import {
  depositAccount,
  foremanAccount,
  keysIn,
  schemeAccount,
  schemePurses,
  ticketAccount,
  unclaimedAccount,
  worldAccount,
} from './accounts.ts';
import { changeShapes } from './change/shapes.ts';
import { accountsOfScheme } from './closing/decide.ts';
import type { AnyChitCommand } from './commands.ts';
import { defaultShapes } from './default/shapes.ts';
import type { Chit } from './state.ts';

/** Names the accounts that a command looks at or touches. What is not named here costs another load. */
export function needsOf(command: AnyChitCommand, { id }: Context, seen: Seen): Partial<Needs> {
  const chit = seen.record(id) as Chit | undefined;
  if (!chit) return {};
  const accounts = [...accountsOf(chit, command, id), ...('channel' in command ? [worldAccount(command.channel)] : [])];
  return { accounts: keysIn(chit.terms.subscription.currency.code, accounts) };
}

function accountsOf(chit: Chit, command: AnyChitCommand, id: string): readonly string[] {
  const { foreman } = chit;
  const foremans = (['income', 'tax', 'losses'] as const).map((name) => foremanAccount(foreman, name));
  switch (command.type) {
    case 'PayInstalment': {
      const purses = (['advance', 'penalties', 'carry', 'forfeits'] as const).map((name) => schemeAccount(id, name));
      return [ticketAccount(id, command.ticket), ...purses];
    }
    case 'SettleInstalment':
    case 'CompleteScheme':
      return [...accountsOfScheme(chit, id), ...foremans];
    case 'DepositUnclaimed':
    case 'PayUnclaimed':
      return [...accountsOfScheme(chit, id), unclaimedAccount(id, command.ticket)];
    case 'PayPrize':
    case 'PrepayPrize':
    case 'DepositPrize':
    case 'VoidDraw':
      return accountsOfScheme(chit, id);
    case 'TakeIncome':
    case 'WriteOff':
    case 'RestoreDividend':
    case 'ReversePayment':
    case 'ReturnCredit': {
      const own = 'ticket' in command ? [ticketAccount(id, command.ticket)] : [];
      return [...schemePurses.map((name) => schemeAccount(id, name)), ...own, ...foremans];
    }
    case 'SubstituteSubscriber':
    case 'HoldVacantTicket':
    case 'RefundDefaulter':
    case 'CureDefault':
    case 'CloseDispute':
    case 'LeaveScheme': {
      const { ticket } = command;
      const own = [ticketAccount(id, ticket), depositAccount(id, ticket)];
      return [...schemePurses.map((name) => schemeAccount(id, name)), ...own, ...foremans];
    }
    case 'TerminateByConsent':
    case 'TerminateForIncapacity':
      return [...accountsOfScheme(chit, id), ...foremans];
    default:
      // Defaults and changes may reach anywhere; draws and papers move nothing.
      return Object.hasOwn(defaultShapes, command.type) || Object.hasOwn(changeShapes, command.type)
        ? [...accountsOfScheme(chit, id), ...foremans]
        : [];
  }
}
