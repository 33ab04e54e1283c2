/** Ends a scheme: every instalment is settled, every due paid, every account of the scheme at zero. */
export interface CompleteScheme {
  readonly type: 'CompleteScheme';
}

/** Puts what nobody has claimed at the end (a prize, a credit, a defaulter's deposit) into an account that the foreman does not use. */
export interface DepositUnclaimed {
  readonly type: 'DepositUnclaimed';
  readonly ticket: number;
}

/** Pays out what was unclaimed, also after the end. */
export interface PayUnclaimed {
  readonly type: 'PayUnclaimed';
  readonly ticket: number;
  readonly channel: string;
}

/** The commands at the end of a scheme. */
export type ClosingCommand = CompleteScheme | DepositUnclaimed | PayUnclaimed;
