/**
 * The accounts of chit funds, to be spread into a chart. An advance lies below zero by what the foreman has put in for those who have not paid; outside
 * places by what we have there.
 *
 * @source docs/rules/chit-fund.md, CF-30
 */
export const chitsChart = {
  'chits:{scheme}:tickets:{ticket}': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:pot': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:prizes:{instalment}': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:unpaid:{instalment}': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:deposits:{ticket}': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:float': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:carry': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:reserve': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:forfeits': { type: 'liability', breach: 'defect' },
  'chits:{scheme}:advance': { type: 'asset', floor: 'none' },
  'chits:{scheme}:commission': { type: 'income', breach: 'defect' },
  'chits:{scheme}:penalties': { type: 'income', breach: 'defect' },
  'chits:{scheme}:tax': { type: 'liability', breach: 'defect' },
  'unclaimed:{scheme}:{ticket}': { type: 'liability', breach: 'defect' },
  'foremen:{foreman}:income': { type: 'income' },
  'foremen:{foreman}:tax': { type: 'liability' },
  'foremen:{foreman}:losses': { type: 'expense', floor: 'none' },
  'world:{channel}': { type: 'asset', floor: 'none' },
} as const;
