export {
  arbitraryAmount,
  arbitraryChartRules,
  arbitraryLedgerHistory,
  arbitraryTransfer,
  HISTORY_START,
  type LedgerHistory,
  type LedgerStep,
  SAMPLE_CURRENCIES,
} from './arbitraries.ts';
export { type CopiedTables, copyTables, storeOfTables } from './copied-tables.ts';
export { type PlantedChange, plantChange } from './plant-change.ts';
export { type PlayedHistory, playLedgerHistory, type StepEnd, sampleDeciders } from './play-history.ts';
export { sampleChart, sampleWallets } from './sample-chart.ts';
export { createStillStore } from './still-store.ts';
