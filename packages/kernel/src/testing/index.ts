export { plainTransfers, type PlainTransferCommands, type PlainTransferEvent } from './plain-transfers.ts';
export { openChart } from './open-chart.ts';
export { counters, type CounterCommands } from './counters.ts';
