import { defineChart } from '@holdfast/ledger';
import { payoutsChart } from '@holdfast/payouts';

/** Every account that the marketplace's money can lie in: those of payouts, and those of bookings. */
export const chart = defineChart({
  ...payoutsChart,
  'bookings:{booking}:held': { type: 'liability', floor: 'zero', breach: 'defect' },
  // Filled only by who tells a booking what payouts have kept back: so a booking can never recover what nobody kept.
  'payees:{payee}:recovered': { type: 'liability' },
  // What a customer is owed once more, since a refund came back.
  'refunds:{charge}:owed': { type: 'liability' },
  'world:{outside}': { type: 'asset', floor: 'none' },
});
