import { defineChart } from '@holdfast/ledger';
import { payoutsChart } from '@holdfast/payouts';

/** Every account that the marketplace's money can lie in: those of payouts, and those of bookings. */
export const chart = defineChart({
  ...payoutsChart,
  'bookings:{booking}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  'payees:{payee}:recovered': { type: 'liability', floor: 'none' },
  'world:{outside}': { type: 'asset', floor: 'none' },
});
