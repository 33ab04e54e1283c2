import { addDuration, days, hours, type Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Asker, Booking, Move } from './booking.ts';
import type { Shares } from './shares.ts';

export function dueOf({ status, since }: Booking): Instant {
  return status === 'paid' ? addDuration(since, days(30)) : addDuration(since, hours(48));
}

export function isOneOf({ actor }: Asker, id: string, role: string): boolean {
  return actor.id === id || actor.role === role;
}

export function wrongAmount(amount: Money, currency: string, held: bigint): string | undefined {
  if (amount.minor <= 0n) return 'amount_not_positive';
  return wrongCurrency(amount, currency) ?? (amount.minor > held ? 'exceeds_held' : undefined);
}

export function wrongCurrency(amount: Money, currency: string): string | undefined {
  return amount.currency.code === currency ? undefined : 'currency_mismatch';
}

export function giveBack(id: string, { payout, platform }: Shares): readonly Move[] {
  return [{ from: held(id), to: CARDS, minor: payout + platform }];
}

export function payOut(id: string, { payout, platform }: Shares): readonly Move[] {
  return [
    { from: held(id), to: `payouts:booking.${id}:owed`, minor: payout },
    { from: held(id), to: EARNED, minor: platform },
  ];
}

export const held = (id: string): string => `bookings:${id}:held`;
export const debts = ({ provider }: Booking): string => `payees:${provider}:debts`;
export const recovered = ({ provider }: Booking): string => `payees:${provider}:recovered`;
export const CARDS = 'world:cards';
export const EARNED = 'platform:fees:earned';
