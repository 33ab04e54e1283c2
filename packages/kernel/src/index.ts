export type { AccountChange, AccountSettings, AccountState, AccountType, Chart } from './account.ts';
export { accountKey, isAccountName, isId, isKey, recordKey, splitAccountKey } from './account.ts';
export type { Actor } from './actor.ts';
export { clockActor, scopeOf } from './actor.ts';
export type { Asking, Book, FeedRead, TaskTrouble } from './book/book.ts';
export type {
  Answered,
  CommandIn,
  CommandsOf,
  ExecuteFault,
  HandleOf,
  JoinedHandleOf,
  Moves,
  ReadTrouble,
  RecordRead,
  Records,
  RefusedOf,
  StateOf,
} from './book/handle.ts';
export { openBook } from './book/open-book.ts';
export type { BalanceRead, BookOptions, ExecuteOptions, ReadMoment } from './book/options.ts';
export type { RunTasksOptions, TaskEnd, TaskHandler, TasksRun } from './book/run-due-tasks.ts';
export type { TextSink } from './canonical.ts';
export { canonical, readCanonical, reviveJson } from './canonical.ts';
export type {
  BookSeen,
  Codec,
  Command,
  CommandMap,
  Context,
  Deadline,
  Decider,
  DomainEvent,
  MovesDecider,
  RecordDecider,
  RecordKeeper,
  Seen,
  Standing,
} from './decider.ts';
export type { BalanceAfter, EvaluateContext, Evaluation, Outcome } from './evaluate/evaluate.ts';
export { evaluate, fenceAfter } from './evaluate/evaluate.ts';
export type { Effect, Fault, StoreFault, WriterFault } from './faults.ts';
export { Defect, storeFault, writerFault } from './faults.ts';
export type { FreeText, TextReference } from './free-text.ts';
export { freeText, isFreeText, isText } from './free-text.ts';
export type { BookStanding, Head } from './head.ts';
export { FORMAT, genesis, NEWEST_FORMAT, sameHead } from './head.ts';
export type { Duration, Instant } from './instant.ts';
export { addDuration, days, hours, instantAt, isInstant, laterOf, minutes } from './instant.ts';
export type { Json, JsonObject } from './json.ts';
export type { AnyKeepingCommand, BeginEpoch, ClosePeriod, KeepingCommands, RaiseFormat } from './keeping/commands.ts';
export { bookKeeping, type KeepingEvent } from './keeping/decider.ts';
export type {
  FormatNotHigher,
  HeadDiffers,
  KeepingRefusals,
  PeriodNotLater,
  PeriodNotOver,
} from './keeping/refusals.ts';
export type { Knowledge, Known } from './known.ts';
export { learn, newKnowledge } from './known.ts';
export { createMemoryStore } from './memory-store/memory-store.ts';
export type { NotPlain } from './not-plain.ts';
export type { Receipt } from './receipt.ts';
export type {
  AccountClosed,
  AccountFrozen,
  AccountNotEmpty,
  AccountUnknown,
  ClaimTaken,
  IdInvalid,
  InsufficientFunds,
  KeyConflict,
  KeyInvalid,
  LimitExceeded,
  NotAuthorised,
  PeriodClosed,
  Refusal,
  ShapeInvalid,
  UnitRefusal,
} from './refusals.ts';
export { show } from './refusals.ts';
export type { Ask, Asked, ParsedAsk, Request } from './request.ts';
export { makeRequest } from './request.ts';
export type {
  AccountRow,
  AccountSeen,
  Appended,
  Changes,
  ClaimRow,
  LeasedTask,
  Line,
  Needs,
  Page,
  Paging,
  Projections,
  Reads,
  RecordRow,
  Rounds,
  Snapshot,
  Store,
  StoredUnit,
  Task,
  TaskChange,
  Tasks,
  TextRow,
} from './store.ts';
export type { Transfer } from './transfer.ts';
export type { AccountText, EffectiveText, TransferText, Unit } from './unit.ts';
export { decodeUnit, unitDigest } from './unit.ts';
export type { Limits } from './writer/limits.ts';
export { defaultLimits } from './writer/limits.ts';
export type { WriterMetrics } from './writer/metrics.ts';
