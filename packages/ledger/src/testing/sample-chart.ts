import { defineChart } from '../chart/define-chart.ts';
import { defineWallets } from '../wallet/define-wallets.ts';

/** A chart with every kind of account: wallets, an overdraft, fees, costs, a reserve that opens explicitly, and outside. */
export const sampleChart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'zero', owner: '{user}' },
  'users:{user}:held': { type: 'liability', floor: 'zero', owner: '{user}' },
  'platform:fees:earned': { type: 'income' },
  'platform:costs': { type: 'expense', floor: 'none' },
  'platform:reserve:{name}': { type: 'equity', opens: 'explicitly' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});

/** Wallets on the sample chart. Anybody may ask for anything, so that histories are about money. */
export const sampleWallets = defineWallets({
  chart: sampleChart,
  available: 'users:{user}:available',
  held: 'users:{user}:held',
  outside: 'world:{provider}',
  authority: { Withdraw: () => true },
});
