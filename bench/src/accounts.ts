import { defineChart } from '@holdfast/ledger';

/** How many accounts the wide runs move money between. */
export const ACCOUNTS = 10_000;

/** The chart of the bench. */
export const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'zero', owner: '{user}' },
  'escrows:{id}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:unearned': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:earned': { type: 'income', floor: 'zero', breach: 'defect' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});

/** Which account gives and which takes in the n-th transfer. `hot`: the platform's account is in every one. */
export function pairOf(index: number, spread: Spread): readonly [from: number, to: number] {
  const from = (index * 7_919) % ACCOUNTS;
  return [from, spread === 'hot' ? HOT : (from + 1 + (index % (ACCOUNTS - 1))) % ACCOUNTS];
}

/** Over all accounts, or with one account in every transfer. */
export type Spread = 'wide' | 'hot';

/** The number of the hot account. */
export const HOT = -1;
