/**
 * The accounts of payouts, to be spread into a chart. Provider accounts (`world:{provider}:{account}`) go below zero by what we have there; debts by what
 * payees owe us, recoveries by what of that is being taken back.
 *
 * @source docs/rules/payouts.md, P-24
 */
export const payoutsChart = {
  'payouts:{obligation}:owed': { type: 'liability', breach: 'defect' },
  'payouts:{attempt}:transit': { type: 'liability', breach: 'defect' },
  'payouts:{attempt}:recovery': { type: 'asset', floor: 'none' },
  'payees:{payee}:debts': { type: 'asset', floor: 'none' },
  'world:{provider}:{account}': { type: 'asset', floor: 'none' },
  'suspense:{provider}': { type: 'asset', floor: 'none' },
  'platform:fees:earned': { type: 'income' },
  'platform:losses': { type: 'expense', floor: 'none' },
  'platform:costs:providers': { type: 'expense', floor: 'none' },
  'fx:conversions': { type: 'equity', floor: 'none' },
} as const;
