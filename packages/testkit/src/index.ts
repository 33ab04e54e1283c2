export { type FuzzOptions, type FuzzReport, fuzzProcess } from './fuzz-process/fuzz-process.ts';
export type {
  FuzzableDefinition,
  FuzzableField,
  FuzzableProcess,
  FuzzableState,
  FuzzableTransition,
} from './fuzz-process/fuzzable-process.ts';
export { type Moment, type ProcessLaw, processLaws } from './fuzz-process/process-laws.ts';
export type { FuzzStep } from './fuzz-process/random-step.ts';
export type { Draft, DraftRecord, DraftTransfer, Journal } from './journal/draft-batch.ts';
export { blankJournal, draftBatch } from './journal/draft-batch.ts';
export type { Capability, Host, HostTransaction, Law, OpenedStore, StoreHarness, Trial } from './laws/law.ts';
export { LawBroken, storeLaw } from './laws/law.ts';
export { memoryHarness } from './laws/memory-harness.ts';
export type { LawOutcome } from './laws/run-laws.ts';
export { runLaw, runLaws, whyNotRun } from './laws/run-laws.ts';
export { storeLaws } from './laws/store-laws.ts';
export type { Random } from './simulation/create-random.ts';
export { createRandom } from './simulation/create-random.ts';
