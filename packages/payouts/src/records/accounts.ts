import { accountKey, type Seen } from '@holdfast/kernel';
import { type Currency, type Money, money } from '@holdfast/money';

/** Names the account in which an obligation's money lies until it is sent. */
export function owedAccount(obligation: string): string {
  return `payouts:${obligation}:owed`;
}

/** Names the account of what is under way in an attempt. */
export function transitAccount(payout: string, attempt: number): string {
  return `payouts:${payout}.${attempt}:transit`;
}

/** Names the account of debts that an attempt of a reversal has set aside; below zero by what it may bring. */
export function recoveryAccount(payout: string, reversal: number, attempt: number): string {
  return `payouts:${payout}~${reversal}.${attempt}:recovery`;
}

/** Names the account of what a payee owes us; below zero by what is owed. */
export function debtsAccount(payee: string): string {
  return `payees:${payee}:debts`;
}

/** Names our account at a provider; below zero by what we have there. */
export function worldAccount(provider: string, account: string): string {
  return `world:${provider}:${account}`;
}

/** Names the account of what a provider moved and nobody can explain yet. */
export function suspenseAccount(provider: string): string {
  return `suspense:${provider}`;
}

/** What payees pay for payouts. */
export const FEES = 'platform:fees:earned';
/** What the platform bears for payees. */
export const LOSSES = 'platform:losses';
/** What providers take. */
export const COSTS = 'platform:costs:providers';

/** Where amounts change their currency. */
export const FX = 'fx:conversions';

/** Reads a balance. */
export function balanceOf(seen: Seen, account: string, currency: Currency): Money {
  return money(seen.balance(account, currency.code), currency);
}

/** Reads what a payee owes us, zero or more. */
export function debtsOf(seen: Seen, payee: string, currency: Currency): Money {
  const balance = seen.balance(debtsAccount(payee), currency.code);
  return money(balance < 0n ? -balance : 0n, currency);
}

/** Gives the keys of some accounts in a currency. */
export function keysIn({ code }: Currency, ...accounts: readonly string[]): string[] {
  return accounts.map((account) => accountKey(account, code));
}
