import { createMemoryStore, openBook } from '@holdfast/kernel';
import { defineChart, defineWallets, wallet } from '@holdfast/ledger';
import { usd } from '@holdfast/money';

//#region chart
export const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'zero', owner: '{user}' },
  'users:{user}:held': { type: 'liability', floor: 'zero', owner: '{user}' },
  'platform:fees:earned': { type: 'income' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});
//#endregion chart

//#region wallet
const wallets = defineWallets({
  chart,
  available: 'users:{user}:available',
  held: 'users:{user}:held',
  outside: 'world:{provider}',
  limits: { Deposit: { minimum: [usd('10')] }, Withdraw: { minimum: [usd('10')], maximum: [usd('10000')] } },
});

const store = createMemoryStore();
export const book = openBook({ store, name: 'main', chart });

export const deposited = await book
  .use(wallets.decider)
  .execute(
    { type: 'Deposit', owner: '42', amount: usd('100'), from: 'stripe' },
    { actor: { id: '42', role: 'customer' }, key: 'pi_1' },
  );

export const seen = await wallet(book, wallets, { owner: '42', currency: usd });
//#endregion wallet
