export type { CrashingStore, CrashPoint } from './faults/crash-at.ts';
export { crashAt } from './faults/crash-at.ts';
export type { CrashSweep } from './faults/crash-at-every-call.ts';
export { crashAtEveryCall } from './faults/crash-at-every-call.ts';
export type { Around, StoreCall } from './faults/intercept-store.ts';
export { interceptStore } from './faults/intercept-store.ts';
export type { Loss, LossyStore } from './faults/lose-answers.ts';
export { loseAnswers } from './faults/lose-answers.ts';
export type { FaultyStore, TriedStore, TriedTransaction } from './faulty-stores/faulty-store.ts';
export { faultyStores } from './faulty-stores/faulty-stores.ts';
export { plainHarness } from './faulty-stores/plain-harness.ts';
export { type FuzzOptions, type FuzzReport, fuzzProcess } from './fuzz-process/fuzz-process.ts';
export type {
  FuzzableDefinition,
  FuzzableField,
  FuzzableMachine,
  FuzzablePart,
  FuzzableProcess,
  FuzzableState,
  FuzzableThing,
  FuzzableTransition,
} from './fuzz-process/fuzzable-process.ts';
export type { Moment, ProcessLaw } from './fuzz-process/moment.ts';
export { processLaws } from './fuzz-process/process-laws.ts';
export type { FuzzStep } from './fuzz-process/random-step.ts';
export type { GivenContext, GivenSeen, Then } from './given-decider.ts';
export { givenDecider } from './given-decider.ts';
export type { Draft, DraftRecord, DraftTransfer, Journal } from './journal/draft-batch.ts';
export { blankJournal, draftBatch } from './journal/draft-batch.ts';
export { equalityLawName } from './laws/history-laws.ts';
export type { Capability, Host, HostTransaction, Law, OpenedStore, StoreHarness, Trial } from './laws/law.ts';
export { LawBroken, storeLaw } from './laws/law.ts';
export { memoryHarness } from './laws/memory-harness.ts';
export type { LawHarness, LawOutcome, RunnableLaw } from './laws/run-laws.ts';
export { runLaw, runLaws, whyNotRun } from './laws/run-laws.ts';
export { storeLaws } from './laws/store-laws.ts';
export type { LawTests, MakeTest } from './laws/test-laws.ts';
export { testLaws } from './laws/test-laws.ts';
export type { FaultyProvider } from './provider-laws/faulty-provider.ts';
export { faultyProviders } from './provider-laws/faulty-providers.ts';
export type {
  Moved,
  OpenedProvider,
  PeerFault,
  ProviderCapability,
  ProviderHarness,
  ProviderLaw,
  ProviderTrial,
} from './provider-laws/provider-law.ts';
export { providerLaw } from './provider-laws/provider-law.ts';
export { providerLaws } from './provider-laws/provider-laws.ts';
export { type SimulatedHarnessOptions, simulatedHarness } from './provider-laws/simulated-harness.ts';
export type { Random } from './simulation/create-random.ts';
export { createRandom } from './simulation/create-random.ts';
export type { Scheduler } from './simulation/create-scheduler.ts';
export { createScheduler } from './simulation/create-scheduler.ts';
export type { VirtualClock } from './simulation/create-virtual-clock.ts';
export { createVirtualClock } from './simulation/create-virtual-clock.ts';
export type { Interleaved, Interleaving } from './simulation/every-interleaving.ts';
export { everyInterleaving } from './simulation/every-interleaving.ts';
export type { NamedCommand, Pairs, PairsRun } from './simulation/every-pair.ts';
export { everyPair } from './simulation/every-pair.ts';
export { verifyJournal } from './verify/verify-journal.ts';
