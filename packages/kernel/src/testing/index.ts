export { type CounterCommands, counters } from './counters.ts';
export { openChart } from './open-chart.ts';
export { type PlainTransferCommands, type PlainTransferEvent, plainTransfers } from './plain-transfers.ts';
