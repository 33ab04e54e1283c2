import type { Money } from '@holdfast/money';

/** What a winner may give for the instalments to come. */
export type SecurityKind = 'movable' | 'immovable' | 'surety' | 'deposit';

/** Notes the security that a winner has given and the foreman has found sufficient. */
export interface GiveSecurity {
  readonly type: 'GiveSecurity';
  readonly ticket: number;
  readonly kind: SecurityKind;
  readonly value: Money;
  /** How the papers are found. */
  readonly reference: string;
}

/** Pays a prize out. */
export interface PayPrize {
  readonly type: 'PayPrize';
  readonly ticket: number;
  readonly channel: string;
}

/** Pays a prize out less all instalments to come, which stay as the ticket's credit: no security is needed. */
export interface PrepayPrize {
  readonly type: 'PrepayPrize';
  readonly ticket: number;
  readonly channel: string;
}

/** Puts a prize that was not collected into an account apart. The clock asks for it when the next instalment is drawn. */
export interface DepositPrize {
  readonly type: 'DepositPrize';
  readonly ticket: number;
}

/** The commands of prizes. */
export type PrizeCommand = GiveSecurity | PayPrize | PrepayPrize | DepositPrize;
