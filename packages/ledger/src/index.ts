export type {
  AccountCommands,
  AccountExists,
  AccountNotFrozen,
  AnyAccountCommand,
  CloseAccount,
  FreezeAccount,
  OpenAccount,
  UnfreezeAccount,
} from './account/commands.ts';
export { type AccountEvent, manageAccounts } from './account/decider.ts';
export { checkChart } from './chart/check-chart.ts';
export {
  type AccountOf,
  type AccountParameters,
  type ChartMatch,
  defineChart,
  type LedgerChart,
} from './chart/define-chart.ts';
export type { AccountName, ParametersOf } from './chart/pattern.ts';
export type { AccountRule, ChartRules } from './chart/rules.ts';
export type { AnyEntryCommand, EntryCommands, RecordEntry, ReverseEntry } from './entry/commands.ts';
export { type Entry, type EntryEvent, reversibleEntries } from './entry/decider.ts';
export type {
  EntryExists,
  EntryRefusals,
  EntryReversedBefore,
  EntryUnknown,
  ReversalExceedsEntry,
} from './entry/refusals.ts';
export { exportBeancount } from './export/beancount.ts';
export { exportCsv } from './export/csv.ts';
export { exportHledger } from './export/hledger.ts';
export { exportJsonLines } from './export/json-lines.ts';
export { exportLedgerCli } from './export/ledger-cli.ts';
export type { AnyHoldCommand, CaptureHold, ExpireHold, HoldCommands, HoldMoney, ReleaseHold } from './hold/commands.ts';
export { holdMoney } from './hold/decider.ts';
export type { HoldCaptured, HoldEvent, HoldExpired, HoldReleased, MoneyHeld } from './hold/events.ts';
export type {
  AmountExceedsHold,
  ExpiredHold,
  ExpiryInPast,
  HoldEnded,
  HoldExists,
  HoldNotDue,
  HoldRefusals,
  HoldUnknown,
} from './hold/refusals.ts';
export type { EndedHold, Hold, OpenHold } from './hold/state.ts';
export { type AccountBalance, type BalancePage, balances } from './read/balances.ts';
export type { BookReads } from './read/book-reads.ts';
export { type BookMoment, sequenceAt } from './read/sequence-at.ts';
export { type Statement, type StatementQuery, statement } from './read/statement.ts';
export { type Transaction, type TransactionPage, type TransactionQuery, transactions } from './read/transactions.ts';
export { type NumberedPage, transactionsPage } from './read/transactions-page.ts';
export {
  type TrialBalance,
  type TrialBalanceCurrency,
  type TrialBalanceRow,
  trialBalance,
} from './read/trial-balance.ts';
export type {
  AnyTransferCommand,
  PostEntry,
  TransferAll,
  TransferCommand,
  TransferCommands,
  TransferInput,
} from './transfer/commands.ts';
export { type MoneyTransferred, transferMoney } from './transfer/decider.ts';
export type { EffectiveLater, NothingToTransfer, TransferRefusals } from './transfer/refusals.ts';
export type { AnyDecider } from './verify/fold-records.ts';
export type { Difference, PassName, PassReport, TableName, VerifyReport } from './verify/report.ts';
export { type VerifyOptions, type VerifyProgress, verifyBook } from './verify/verify-book.ts';
export type { AnyWalletCommand, Deposit, WalletCommands, Withdraw } from './wallet/commands.ts';
export {
  defineWallets,
  type WalletAuthority,
  type WalletEvent,
  type WalletLimits,
  type WalletOptions,
  type Wallets,
} from './wallet/define-wallets.ts';
export type { AmountAboveMaximum, AmountBelowMinimum, WalletRefusal } from './wallet/refusals.ts';
export { type Wallet, type WalletQuery, wallet } from './wallet/wallet.ts';
export { type WalletTotals, type WalletTotalsQuery, walletTotals } from './wallet/wallet-totals.ts';
