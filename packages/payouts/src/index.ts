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
