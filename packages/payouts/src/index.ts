export { checkPayouts, type PayoutsDifference } from './check-payouts.ts';
export { defaultPolicy, definePayouts, type Payouts, type PayoutsOptions } from './define-payouts.ts';
export { defaultRetry, type RetryPolicy, retryAt } from './eligibility/back-off.ts';
export { type BorneRefund, bearRefund, type RefundBearing, type SplitSale } from './eligibility/bear-refund.ts';
export {
  addBusinessDays,
  type Calendar,
  checkCalendar,
  fromLocal,
  isBusinessDay,
  type LocalTime,
  toLocal,
  utcCalendar,
} from './eligibility/calendar.ts';
export { checkEligibility, type Eligibility } from './eligibility/check-eligibility.ts';
export { type Composition, composePayout, type DraftItem, type PayoutDraft } from './eligibility/compose-payout.ts';
export { type Delay, type DelayEnd, delayEnd } from './eligibility/delay.ts';
export type { ObligationFacts, PayeeFacts, PayoutFacts, ProviderFacts } from './eligibility/facts.ts';
export type { Hold, HoldReason } from './eligibility/hold.ts';
export { lintPolicy, type PolicyUnderReview } from './eligibility/lint-policy.ts';
export type { Clearer, Obstacle, ObstacleCode } from './eligibility/obstacle.ts';
export { type PayoutFee, payoutFee } from './eligibility/payout-fee.ts';
export type { AmountPolicy, PayoutPolicy, TipPolicy } from './eligibility/policy.ts';
export { type Reserved, type ReservePolicy, splitReserve } from './eligibility/reserve.ts';
export { nextRun, type Schedule } from './eligibility/schedule.ts';
export { isTipWindowOpen, type TipWindow, tipWindow } from './eligibility/tip-window.ts';
export { type ExplainObligation, explainObligation } from './explain/explain-obligation.ts';
export { explainPayout } from './explain/explain-payout.ts';
export type { ExplainedReversal, ExplainMoment, Explanation, WhereMoneyIs } from './explain/explanation.ts';
export { payoutsChart } from './payouts-chart.ts';
export type { AdoptedProviderList } from './reconcile/adopt-provider-list.ts';
export {
  type CloseException,
  type ExceptionClosed,
  type ExceptionCommands,
  type ExceptionEvent,
  type ExceptionUnknown,
  type MatchException,
  type NoteException,
  payoutExceptions,
} from './reconcile/decider.ts';
export type { ExceptionReason, FoundException, PayoutException } from './reconcile/exception.ts';
export { type ListsToMatch, type MatchedLists, matchLists } from './reconcile/match-lists.ts';
export type { ReconcileOptions, Reconciliation } from './reconcile/reconcile-payouts.ts';
export {
  type NoteRun,
  type PassRun,
  type ReconciliationRun,
  type RunCommands,
  type RunEvent,
  type RunExists,
  type RunNotNewest,
  reconciliationRuns,
} from './reconcile/run.ts';
export type { AddHold, ReleaseHold } from './records/holds.ts';
export type {
  AnyObligationCommand,
  Earn,
  ExpectFunds,
  ObligationCommands,
  PlanObligation,
  PromiseTip,
  RefundObligation,
  Reopen,
  RequestPayout,
  TakeUp,
} from './records/obligation/commands.ts';
export type { ObligationDecider } from './records/obligation/decider.ts';
export type { ObligationEvent } from './records/obligation/events.ts';
export type {
  EarnedObligation,
  FrozenConversion,
  Obligation,
  ObligationKind,
  PromisedTip,
} from './records/obligation/obligation.ts';
export type {
  EarningNotThere,
  ObligationExists,
  ObligationNotOpen,
  ObligationRefusals,
  ObligationUnknown,
  PayoutDisagrees,
  RefundExceedsEarning,
  TipWindowClosed,
  WorkerNeeded,
} from './records/obligation/refusals.ts';
export type {
  AnyPayeeCommand,
  ChangeDestination,
  FreezePayee,
  OpenDebt,
  PayeeCommands,
  RegisterPayee,
  SetOnboarded,
  UnfreezePayee,
  WriteOffDebt,
} from './records/payee/commands.ts';
export type { PayeeDecider } from './records/payee/decider.ts';
export type { NewDestination, PayeeEvent } from './records/payee/events.ts';
export type { Payee } from './records/payee/payee.ts';
export type {
  HoldUnknown,
  PayeeExists,
  PayeeRefusals,
  PayeeUnknown,
  WriteOffExceedsDebt,
} from './records/payee/refusals.ts';
export type {
  AnyPayoutCommand,
  AssertAbsent,
  AssertPaid,
  CancelPayout,
  CancelReversal,
  HandOver,
  LookUpPayout,
  PayoutCommands,
  PlanPayout,
  PresumeSilence,
  Recheck,
  Redrive,
  ReportLookup,
  ReportObservation,
  ReportOutcome,
  ReversePayout,
  SendAgain,
  SendPayout,
  StartAttempt,
} from './records/payout/commands.ts';
export type { PayoutDecider } from './records/payout/decider.ts';
export type { SenderPort } from './records/payout/environment.ts';
export type {
  AttemptStepped,
  ItemsHandedOver,
  ItemsOwedAgain,
  Netted,
  PayoutCancelled,
  PayoutEvent,
  PayoutPlanned,
  PayoutSettled,
  ReversalAsked,
  ReversalEnded,
  ReversalStepped,
  SuspenseExplained,
} from './records/payout/events.ts';
export {
  type AttemptShare,
  leadingAttempt,
  type Payout,
  type PayoutAttempt,
  type PayoutItem,
  type PayoutStatus,
  payoutStatus,
  type Reversal,
  type ReversalAttempt,
} from './records/payout/payout.ts';
export type {
  AttemptUnknown,
  OperatorNeeded,
  PayoutBlocked,
  PayoutExists,
  PayoutMixed,
  PayoutRefusals,
  PayoutUnknown,
  PayoutWrongStatus,
  ReversalExceedsDebt,
  ReversalExceedsPayout,
  ReversalUnknown,
} from './records/payout/refusals.ts';
export { leftWithPayee } from './records/payout/reversals.ts';
export type {
  AdoptList,
  AnySenderCommand,
  BeginEpoch,
  RegisterSender,
  ReportFunded,
  ReportShortage,
  ReportUnknownAttempt,
  ResumeSending,
  SenderCommands,
  StopSending,
} from './records/sender/commands.ts';
export type { SenderDecider, SenderEvent } from './records/sender/decider.ts';
export type { EpochNotLater, SenderExists, SenderRefusals, SenderUnknown } from './records/sender/refusals.ts';
export { type Sender, type StopReason, senderId } from './records/sender/sender.ts';
export type { PayoutAlarm } from './worker/alarms.ts';
export { createPayoutWorker, type PayoutWorker, type TaskHint } from './worker/create-payout-worker.ts';
export type { Answer, PayoutWorkerOptions } from './worker/desk.ts';
export { type DeadLetter, type DeadLetterCategory, operatorQueue } from './worker/operator-queue.ts';
export type { RedriveOptions } from './worker/redrive-payout.ts';
