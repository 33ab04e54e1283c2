import { defineChart, defineWallets } from '@holdfast/ledger';
import { usd } from '@holdfast/money';

/** The accounts of the marketplace. */
export const chart = defineChart({
  'users:{user}:available': { type: 'liability', owner: '{user}' },
  'escrows:{id}:held': { type: 'liability', breach: 'defect' },
  'platform:fees:unearned': { type: 'liability', breach: 'defect' },
  'platform:fees:earned': { type: 'income', breach: 'defect' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});

/** Wallets, and how much one command may move: at least 10 in, 10 to 10,000 out (J14: for each command). */
export const wallets = defineWallets({
  chart,
  available: 'users:{user}:available',
  outside: 'world:{provider}',
  limits: {
    Deposit: { minimum: [usd('10')] },
    Withdraw: { minimum: [usd('10')], maximum: [usd('10000')] },
  },
});
