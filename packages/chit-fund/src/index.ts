export type { Bid, DrawResult, Lot } from './draw/draw.ts';
export { settleInstalment } from './settlement/settle-instalment.ts';
export { afterWins, type SettledScheme, settleScheme } from './settlement/settle-scheme.ts';
export type { HowWon, Settlement, SettlementInput, TicketStanding, Win } from './settlement/settlement.ts';
export { shareRemainder } from './settlement/share-remainder.ts';
export { defineScheme } from './terms/define-scheme.ts';
export type { TermsInvalid } from './terms/refusals.ts';
export type {
  CommissionTerms,
  CustomTerms,
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
