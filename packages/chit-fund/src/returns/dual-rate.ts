import type { Decimal } from 'decimal.js';
import { err, ok, type Result } from 'neverthrow';
import { type Account, runAccount } from './account.ts';
import { type CashFlow, checkCashFlow } from './cash-flow.ts';
import {
  decimalOf,
  type Fraction,
  firstAfter,
  RATE_DECIMALS,
  readDecimals,
  readReturnRate,
  roundCell,
} from './rate-grid.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';

/** What a ticket costs or yields, next to saving at a rate that is known. Rates are fractions of one for a period. */
export type DualRate =
  /** A borrower for some of the time: what the borrowed money costs, zero or more, and the most that was borrowed at once, in minor units. */
  | { readonly kind: 'borrows'; readonly rate: Decimal; readonly most: bigint }
  /** Better or worse off than any borrowing explains: what the saved money earns, and the most that was saved at once, in minor units. */
  | { readonly kind: 'saves'; readonly rate: Decimal; readonly most: bigint }
  /** No rate explains it: the holder has only got, only paid, or got everything before he paid. */
  | { readonly kind: 'neither' };

/** At what a ticket's holder saves elsewhere, and how exactly rates are told. */
export interface DualRateOptions {
  /** For a period, such as `0.005`. */
  readonly saving: Decimal;
  /** To which the rate is rounded, a half up; exactly so. 10 where absent. */
  readonly decimals?: number;
}

/** Above this, 100,000 % a period, nothing is called a cost. */
const HIGHEST = 1_000n;

/**
 * Tells what a ticket costs or yields by two rates: an account that earns the saving rate while its holder is ahead and pays another while he is behind comes to
 * nothing at exactly one such other rate. Where none from zero on does, the saved money's yield is told, with what is drawn beyond it at the saving rate.
 *
 * @param flow - One place a period, in minor units.
 * @param options - The saving rate.
 * @returns One rate, or that there is none.
 *
 * @errors
 * - `cash_flow_invalid`: no list of 2 to 520 bigints, or nothing but zeros.
 * - `rate_invalid`: `saving` is no finite `Decimal` above −1, or `decimals` is not from 1 to 30.
 * @source docs/rules/chit-fund.md, CF-27; D. Teichroew, A. Robichek, M. Montalbano, Management Science 11 and 12, 1965
 */
export function dualRate(
  flow: CashFlow,
  options: DualRateOptions,
): Result<DualRate, CashFlowInvalid | ReturnRateInvalid> {
  const { saving, decimals = RATE_DECIMALS } = options;
  const checked = checkCashFlow(flow);
  if (checked.isErr()) return err(checked.error);
  const read = readReturnRate(saving, 'saving');
  if (read.isErr()) return err(read.error);
  const places = readDecimals(decimals);
  if (places.isErr()) return err(places.error);
  const unit = 2n * 10n ** BigInt(decimals);
  return ok(costOf(flow, read.value, unit, decimals) ?? yieldOf(flow, read.value, unit, decimals));
}

/** The rate on what is borrowed: the more it is, the less the account ends with. */
function costOf(flow: CashFlow, saved: Fraction, unit: bigint, decimals: number): DualRate | undefined {
  const runAt = (at: bigint): Account => runAccount(flow, { saved, drawn: { num: at, den: unit } });
  const top = HIGHEST * unit;
  const free = runAt(0n).end;
  if (free < 0n || runAt(top).end >= 0n) return undefined;
  const cell = free === 0n ? 0n : firstAfter(0n, top, (rate) => runAt(rate).end <= 0n);
  const units = roundCell(cell, runAt(cell).end === 0n);
  return { kind: 'borrows', rate: decimalOf(units, decimals), most: -runAt(2n * units).least };
}

/** The rate on what is saved: the more it is, the more the account ends with. Counted from −100 %, so that places are above zero. */
function yieldOf(flow: CashFlow, drawn: Fraction, unit: bigint, decimals: number): DualRate {
  const runAt = (at: bigint): Account => runAccount(flow, { saved: { num: at - unit, den: unit }, drawn });
  const top = (HIGHEST + 1n) * unit;
  if (runAt(0n).end >= 0n || runAt(top).end < 0n) return { kind: 'neither' };
  const cell = firstAfter(0n, top, (rate) => runAt(rate).end >= 0n);
  const units = roundCell(cell, runAt(cell).end === 0n);
  return { kind: 'saves', rate: decimalOf(units - unit / 2n, decimals), most: runAt(2n * units).most };
}
