import { accountKey } from '@holdfast/kernel';

/** Names an account of a scheme: `carry`, `advance` … */
export function schemeAccount(scheme: string, name: SchemePurse): string {
  return `chits:${scheme}:${name}`;
}

/** Names the account in which a ticket's payments wait to be used. */
export function ticketAccount(scheme: string, ticket: number): string {
  return `chits:${scheme}:tickets:${ticket}`;
}

/** Names the account of an instalment's prizes that are settled and not paid out. */
export function prizeAccount(scheme: string, instalment: number): string {
  return `chits:${scheme}:prizes:${instalment}`;
}

/** Names the account in which an instalment's prizes lie apart that were not collected. */
export function unpaidAccount(scheme: string, instalment: number): string {
  return `chits:${scheme}:unpaid:${instalment}`;
}

/** Names the account of what lies for a ticket's removed holder. */
export function depositAccount(scheme: string, ticket: number): string {
  return `chits:${scheme}:deposits:${ticket}`;
}

/** Names the account of what nobody claimed of a ticket when its scheme ended. */
export function unclaimedAccount(scheme: string, ticket: number): string {
  return `unclaimed:${scheme}:${ticket}`;
}

/** Names an account of a foreman: what he earned, what he owes the tax office, what he bore for others. */
export function foremanAccount(foreman: string, name: 'income' | 'tax' | 'losses'): string {
  return `foremen:${foreman}:${name}`;
}

/** Names the outside place through which money comes and goes. */
export function worldAccount(channel: string): string {
  return `world:${channel}`;
}

/** The accounts that a scheme has once. */
export type SchemePurse =
  | 'pot'
  | 'float'
  | 'carry'
  | 'reserve'
  | 'advance'
  | 'commission'
  | 'tax'
  | 'penalties'
  | 'forfeits';

/** All of {@link SchemePurse}. */
export const schemePurses: readonly SchemePurse[] = [
  'pot',
  'float',
  'carry',
  'reserve',
  'advance',
  'commission',
  'tax',
  'penalties',
  'forfeits',
];

/** Gives the keys of some accounts in a currency. */
export function keysIn(code: string, accounts: readonly string[]): readonly string[] {
  return accounts.map((account) => accountKey(account, code));
}
