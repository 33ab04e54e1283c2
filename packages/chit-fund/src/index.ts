export { type ChitDifference, checkChits } from './check-chits.ts';
export {
  depositAccount,
  foremanAccount,
  prizeAccount,
  type SchemePurse,
  schemeAccount,
  schemePurses,
  ticketAccount,
  unclaimedAccount,
  unpaidAccount,
  worldAccount,
} from './chit/accounts.ts';
export type {
  ChangeCommand,
  LayLien,
  LeaveScheme,
  LiftLien,
  RecordDeath,
  ResumeScheme,
  SucceedForeman,
  SuspendScheme,
  TerminateByConsent,
  TerminateForIncapacity,
  TransferTicket,
} from './chit/change/commands.ts';
export type { ChangeEvent } from './chit/change/events.ts';
export type { DepositOpen, LienWrong, PersonWrong, TerminationConsentMissing } from './chit/change/refusals.ts';
export type { ClosingCommand, CompleteScheme, DepositUnclaimed, PayUnclaimed } from './chit/closing/commands.ts';
export type { ClosingEvent } from './chit/closing/events.ts';
export type { AnyChitCommand, ChitCommands } from './chit/commands.ts';
export type { ChitDecider } from './chit/decider.ts';
export type {
  AccelerateLiability,
  CloseDispute,
  CureDefault,
  DeclareDefault,
  DefaultCommand,
  DemandFuture,
  HoldVacantTicket,
  OpenDispute,
  RefundDefaulter,
  ReinstateSubscriber,
  RemoveSubscriber,
  SubstituteSubscriber,
} from './chit/default/commands.ts';
export type { DefaultEvent } from './chit/default/events.ts';
export type { ArrearsOpen, LiabilityWrong, MembershipWrong, NoticeTimeWrong } from './chit/default/refusals.ts';
export type {
  AdjournDraw,
  AdjournReason,
  CloseDraw,
  CommitBid,
  DrawCommand,
  EndBidding,
  FileMinutes,
  OpenDraw,
  PlaceBid,
  RecordMinutes,
  RevealBid,
  VoidDraw,
} from './chit/draws/commands.ts';
export { whyNot } from './chit/draws/eligible.ts';
export type { DrawEvent } from './chit/draws/events.ts';
export { type ChitEnvironment, dayOf, startOf } from './chit/environment.ts';
export type { ChitEvent } from './chit/events.ts';
export type {
  CommenceScheme,
  DeclareSubscribed,
  DraftScheme,
  EnrolTicket,
  ExtendSanction,
  FoundingCommand,
  HolderGiven,
  LapseSanction,
  RegisterScheme,
  RejectScheme,
  ReviseDraft,
  SanctionScheme,
  SubmitScheme,
  WithdrawEnrolment,
} from './chit/founding/commands.ts';
export type { FoundingEvent } from './chit/founding/events.ts';
export type {
  MarkOverdue,
  PayInstalment,
  PaymentCommand,
  RestoreDividend,
  ReturnCredit,
  ReversePayment,
  SettleInstalment,
  TakeIncome,
  WriteOff,
} from './chit/payments/commands.ts';
export type { Cleared, Credited, PaymentEvent, TicketDue } from './chit/payments/events.ts';
export { accrue } from './chit/payments/interest.ts';
export type {
  DepositPrize,
  GiveSecurity,
  PayPrize,
  PrepayPrize,
  PrizeCommand,
  SecurityKind,
} from './chit/prizes/commands.ts';
export type { PrizeEvent } from './chit/prizes/events.ts';
export { requiredFor } from './chit/prizes/required-security.ts';
export type {
  BiddingOver,
  ChitActorNotAllowed,
  ChitCurrencyDiffers,
  ChitExists,
  ChitNotDue,
  ChitNotEmpty,
  ChitUnknown,
  ChitWrongPhase,
  CreditTooSmall,
  DrawWrongState,
  InstalmentWrongStatus,
  LotCommitmentMissing,
  NothingOpen,
  PaymentExists,
  PaymentNotReversible,
  PrizeWrongStatus,
  QuorumMissing,
  RedrawNotPossible,
  SanctionTimeWrong,
  SchemeNotCompliant,
  SecurityTooSmall,
  TicketHolding,
  TicketsOpen,
  TicketUnknown,
} from './chit/refusals.ts';
export { amountOf, futureLiability, isUnderAct, schemeOf } from './chit/scheme-of.ts';
export type {
  Arrear,
  Chit,
  CommittedBid,
  Holder,
  Instalment,
  InstalmentMoney,
  InstalmentStatus,
  LateCost,
  Liability,
  Membership,
  OpenedDraw,
  Phase,
  Prize,
  PrizeStatus,
  RecentPayment,
  Removal,
  Ticket,
  VoidedPrize,
} from './chit/state.ts';
export { chitHistory } from './chit-history.ts';
export { chitsChart } from './chits-chart.ts';
export { type Chits, type ChitsOptions, defineChits } from './define-chits.ts';
export { type AuctionTime, auctionEnd } from './draw/auction-end.ts';
export { checkAdvanceOffer } from './draw/check-advance-offer.ts';
export { type BidRefusal, checkBid, type DiscountRefusal } from './draw/check-bid.ts';
export { checkBidTime } from './draw/check-bid-time.ts';
export { checkConsent } from './draw/check-consent.ts';
export { checkHolding } from './draw/check-holding.ts';
export { commitBid, type SealedBid } from './draw/commit-bid.ts';
export { commitLot } from './draw/commit-lot.ts';
export { type DrawInput, type DrawRefusal, decideDraw } from './draw/decide-draw.ts';
export type { Bid, DrawResult, DrawSetting, Lot, LotSource } from './draw/draw.ts';
export { drawLot, type LotAsked, type LotRefusal } from './draw/draw-lot.ts';
export { type BidNotation, readBid } from './draw/read-bid.ts';
export type {
  BidAboveHighest,
  BidBelowLowest,
  BiddingClosed,
  BidInvalid,
  BidOffStep,
  BidsNotTaken,
  ConsentMissing,
  DrawInvalid,
  LotDiffers,
  LotMissing,
  NoticeTooShort,
  RevealDiffers,
  SecretInvalid,
  TicketNotEligible,
  TooManyTickets,
} from './draw/refusals.ts';
export { replayLot } from './draw/replay-lot.ts';
export { type RevealRefusal, revealBid } from './draw/reveal-bid.ts';
export { type Ineligible, type TicketRight, whyNotEligible } from './draw/why-not-eligible.ts';
export type {
  Agreement,
  AgreementSubscriber,
  Finding,
  FindingCode,
  Foreman,
  ForemanSecurity,
  RunningScheme,
} from './law/agreement.ts';
export { checkAggregate } from './law/check-aggregate.ts';
export { type ComplianceOptions, checkCompliance, isChit } from './law/check-compliance.ts';
export { type Deadline, type DeadlineKind, type DeadlineOptions, deadlineOf } from './law/deadline-of.ts';
export { lawParameters } from './law/law-parameters.ts';
export type { AnyParameter, Fraction, Parameter, ParameterKey, ParameterValues } from './law/parameter.ts';
export { type LawOptions, parameterAt } from './law/parameter-at.ts';
export { parseAgreement } from './law/parse-agreement.ts';
export type { ParameterUnknown } from './law/refusals.ts';
export { futureSubscriptions, requiredSecurity, type SecurityAsked } from './law/required-security.ts';
export { isInterestTaxed, taxRateAt } from './law/tax-rate-at.ts';
export type { ChitHistory, HistoryEntry } from './reports/history.ts';
export {
  type EarlierPrize,
  type LocalTime,
  type Minutes,
  type MinutesBid,
  type MinutesOptions,
  type MinutesWin,
  minutesOf,
} from './reports/minutes-of.ts';
export type { MissedDeadline } from './reports/missed-deadlines.ts';
export {
  type Ageing,
  type MonthlyReport,
  monthlyReport,
  type ReportedDraw,
  type ReportPeriod,
} from './reports/monthly-report.ts';
export { type ExitQuote, quoteExit } from './reports/quote-exit.ts';
export {
  type QuoteOptions,
  type QuoteRefusal,
  quoteSubstitution,
  type SubstitutionQuote,
} from './reports/quote-substitution.ts';
export {
  type RegisterDeposit,
  type RegisterHolding,
  type RegisterPayment,
  type RegisterPrize,
  type Registers,
  type RegisterTicket,
  registersOf,
} from './reports/registers-of.ts';
export { type Reminder, type ReminderKind, type ReminderOptions, reminderPlan } from './reports/reminder-plan.ts';
export type { StatementKind } from './reports/statement-lines.ts';
export {
  type OpenArrear,
  type PrizeLine,
  type Statement,
  type StatementLine,
  statementOf,
} from './reports/statement-of.ts';
export { effectiveAnnual, nominalAnnual } from './returns/annual-rate.ts';
export { type BidAdvice, type BidAdviceInput, bidAdvice } from './returns/bid-advice.ts';
export { breakEvenDiscount } from './returns/break-even-discount.ts';
export { type CashFlow, cashFlowOf, MOST_PERIODS } from './returns/cash-flow.ts';
export { type DatedAmount, type DatedRates, type DayCount, datedRates } from './returns/dated-rates.ts';
export { type DualRate, type DualRateOptions, dualRate } from './returns/dual-rate.ts';
export { type InternalRates, internalRates } from './returns/internal-rates.ts';
export { npvAt } from './returns/net-present-value.ts';
export type { CashFlowInvalid, ReturnRateInvalid } from './returns/refusals.ts';
export {
  type RatePerYear,
  type TicketReturns,
  type TicketReturnsOptions,
  ticketReturns,
} from './returns/ticket-returns.ts';
export { settleInstalment } from './settlement/settle-instalment.ts';
export { afterWins, type SettledScheme, settleScheme } from './settlement/settle-scheme.ts';
export type { HowWon, Settlement, SettlementInput, TicketStanding, Win } from './settlement/settlement.ts';
export { type ShareOut, shareOut } from './settlement/share-out.ts';
export { shareRemainder } from './settlement/share-remainder.ts';
export { shareTicket } from './settlement/share-ticket.ts';
export type { BidModel, Situation, Valuation } from './simulate/bid-model.ts';
export { decliningNeeds } from './simulate/declining-needs.ts';
export { normalValuations } from './simulate/normal-valuations.ts';
export type { RandomSource } from './simulate/random-source.ts';
export type { SimulationInvalid, SimulationStuck } from './simulate/refusals.ts';
export {
  type SimulatedDraw,
  type SimulatedTicket,
  type Simulation,
  type SimulationOptions,
  type SimulationRefusal,
  simulateScheme,
} from './simulate/simulate-scheme.ts';
export { uniformValuations } from './simulate/uniform-valuations.ts';
export { defineScheme } from './terms/define-scheme.ts';
export { parseTerms, termsToJson } from './terms/parse-terms.ts';
export type { TermsInvalid } from './terms/refusals.ts';
export type {
  CommissionTerms,
  CustomTerms,
  DatedRate,
  Day,
  DiscountTerms,
  DividendTerms,
  HolidayTerms,
  LateTerms,
  Method,
  Scheme,
  SchemeTerms,
  TaxTerms,
} from './terms/terms.ts';
