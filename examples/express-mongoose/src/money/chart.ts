import { defineChart } from '@holdfast/ledger';

/** Every account that the shop's money can lie in. */
export const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'zero', owner: '{user}' },
  'escrows:{id}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'platform:fees:earned': { type: 'income', floor: 'zero', breach: 'defect' },
  'world:{provider}': { type: 'asset', floor: 'none' },
});
