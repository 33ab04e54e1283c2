import type { CashFlow } from './cash-flow.ts';
import type { Fraction } from './rate-grid.ts';

/** What an account comes to. */
export interface Account {
  /** What it ends with, times a positive number: below zero for one that its holder still owes. */
  readonly end: bigint;
  /** Its lowest and highest balance, in minor units, away from zero. */
  readonly least: bigint;
  readonly most: bigint;
}

/**
 * Runs the account of a ticket: it takes in what is paid and gives what is got, and bears one rate while it holds money and another while money is owed.
 *
 * @param flow - What the holder gets, below zero where he pays.
 * @param rates - For a period: on what is saved, and on what is drawn beyond it.
 * @returns What it ends with and how far it went. Exact: after k periods the balance is counted in 1 / whole^k.
 * @source docs/rules/chit-fund.md, CF-27
 */
export function runAccount(flow: CashFlow, rates: { readonly saved: Fraction; readonly drawn: Fraction }): Account {
  const { saved, drawn } = rates;
  const whole = saved.den * drawn.den;
  const ahead = whole + saved.num * drawn.den;
  const behind = whole + drawn.num * saved.den;
  let [balance, scale, least, most] = [0n, 1n, 0n, 0n];
  for (const [period, amount] of flow.entries()) {
    if (period > 0) {
      balance *= balance > 0n ? ahead : behind;
      scale *= whole;
    }
    balance -= amount * scale;
    if (balance < least * scale) least = -((-balance + scale - 1n) / scale);
    if (balance > most * scale) most = (balance + scale - 1n) / scale;
  }
  return { end: balance, least, most };
}
