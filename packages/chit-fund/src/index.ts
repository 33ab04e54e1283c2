export type { Bid, DrawResult, Lot } from './draw/draw.ts';
export type { HowWon, Settlement, SettlementInput, TicketStanding, Win } from './settlement/settlement.ts';
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
