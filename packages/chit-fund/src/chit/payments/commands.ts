import type { Money } from '@holdfast/money';

/** Takes a payment for a ticket: what is overdue first, the rest is credit. */
export interface PayInstalment {
  readonly type: 'PayInstalment';
  readonly ticket: number;
  readonly amount: Money;
  /** Where the money came in: `cash`, `bank`, `upi` … The account is `world:{channel}`. */
  readonly channel: string;
  /** The receipt's number; unique within the scheme's recent payments. */
  readonly payment: string;
}

/** Takes a payment back that turned out not to be there: a bounced cheque, a chargeback. */
export interface ReversePayment {
  readonly type: 'ReversePayment';
  readonly ticket: number;
  readonly payment: string;
  readonly why: 'bounced' | 'charged_back' | 'mistaken';
}

/** Settles an instalment whose winners are known. The clock asks for it when the days of grace are over. */
export interface SettleInstalment {
  readonly type: 'SettleInstalment';
  readonly instalment: number;
}

/** What the clock asks for when the days of grace are over: what is still open is late, and dividends are forfeited. */
export interface MarkOverdue {
  readonly type: 'MarkOverdue';
  readonly instalment: number;
}

/** Gives a forfeited dividend again, and takes interest back that is not paid: the payment was on time after all. */
export interface RestoreDividend {
  readonly type: 'RestoreDividend';
  readonly ticket: number;
  readonly instalment: number;
  readonly why: string;
}

/** Gives a ticket's holder back what he has paid beyond what he owes. */
export interface ReturnCredit {
  readonly type: 'ReturnCredit';
  readonly ticket: number;
  readonly amount: Money;
  readonly channel: string;
}

/** Gives up what a ticket owes: the foreman bears it. */
export interface WriteOff {
  readonly type: 'WriteOff';
  readonly ticket: number;
  readonly why: string;
}

/** The foreman takes what he has earned so far: commission, interest, penalties; the tax goes where it is kept for its office. */
export interface TakeIncome {
  readonly type: 'TakeIncome';
}

/** The commands of payments. */
export type PaymentCommand =
  | PayInstalment
  | ReversePayment
  | SettleInstalment
  | MarkOverdue
  | RestoreDividend
  | ReturnCredit
  | WriteOff
  | TakeIncome;
