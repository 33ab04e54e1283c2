import { printGiven } from '@holdfast/money';
import type { Decimal } from 'decimal.js';
import { err, type Result } from 'neverthrow';
import { isHui } from '../terms/derive.ts';
import type { Scheme } from '../terms/terms.ts';
import { runAccount } from './account.ts';
import type { CashFlow } from './cash-flow.ts';
import { type DualRate, dualRate } from './dual-rate.ts';
import { firstAfter, readReturnRate } from './rate-grid.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';

/** What advice on a bid rests on. */
export interface BidAdviceInput {
  /** A scheme with bids out of the prize. */
  readonly scheme: Scheme;
  /** The instalment that would be won, from 1. */
  readonly instalment: number;
  /** What the ticket pays in each instalment: paid so far, expected from now on. In minor units. */
  readonly dues: readonly bigint[];
  /** At what the holder saves elsewhere, a period. */
  readonly saving: Decimal;
  /** The most that borrowed money may cost, a period. */
  readonly target: Decimal;
}

/** The highest bid that keeps to the target. */
export type BidAdvice =
  /** In minor units. `cost` is what the ticket costs then; `assumes` the dividends that the expected dues count on. */
  | {
      readonly advice: 'bid';
      readonly discount: bigint;
      readonly prize: bigint;
      readonly cost: DualRate;
      readonly assumes: readonly bigint[];
    }
  /** Even the lowest discount costs more than the target. */
  | { readonly advice: 'wait'; readonly cost: DualRate };

/**
 * Says up to which discount a bid costs no more than a target, if the ticket's dues are as expected. What the bid itself adds to the dividend of its own
 * instalment is not counted, so that the cost is never more than told.
 *
 * @param input - The instalment, the dues and the rates.
 * @returns The highest discount that may be bid, or the advice to wait.
 *
 * @errors
 * - `cash_flow_invalid`: no bids out of the prize, no such instalment, or not one due for each instalment.
 * - `rate_invalid`: a rate is no finite `Decimal` above −1.
 * @source docs/rules/chit-fund.md, CF-28
 */
export function bidAdvice(input: BidAdviceInput): Result<BidAdvice, CashFlowInvalid | ReturnRateInvalid> {
  const { scheme, instalment, dues } = input;
  const { discount: bounds, subscription, terms } = scheme;
  const saving = readReturnRate(input.saving, 'saving');
  if (saving.isErr()) return err(saving.error);
  const target = readReturnRate(input.target, 'target');
  if (target.isErr()) return err(target.error);
  if (bounds === undefined || isHui(terms.method)) {
    return invalid('scheme', terms.method.type, 'a scheme with bids out of the prize');
  }
  if (!Number.isInteger(instalment) || instalment < 1 || instalment > terms.instalments) {
    return invalid('instalment', instalment, `a whole number from 1 to ${terms.instalments}`);
  }
  if (dues.length !== terms.instalments || dues.some((due: unknown) => typeof due !== 'bigint')) {
    return invalid('dues', dues, `${terms.instalments} bigints of minor units`);
  }
  const flowAt = (discount: bigint): CashFlow =>
    dues.map((due, index) => (index === instalment - 1 ? scheme.grossPrize - discount - due : -due));
  // With a higher discount the account ends with more money that the holder has not got.
  const isDear = (discount: bigint): boolean =>
    runAccount(flowAt(discount), { saved: saving.value, drawn: target.value }).end > 0n;
  const costAt = (discount: bigint) => dualRate(flowAt(discount), { saving: input.saving });
  if (isDear(bounds.least)) return costAt(bounds.least).map((cost) => ({ advice: 'wait', cost }));
  const discounts = discountsOf(bounds);
  const last = firstAfter(0n, discounts.count, (index) => isDear(discounts.at(index))) - 1n;
  const discount = discounts.at(last);
  const prize = scheme.grossPrize - discount;
  const assumes = dues.map((due) => subscription - due);
  return costAt(discount).map((cost) => ({ advice: 'bid', discount, prize, cost, assumes }));
}

/** Every discount that may be bid, the lowest first. */
function discountsOf(bounds: { readonly least: bigint; readonly most: bigint; readonly step: bigint }): {
  readonly count: bigint;
  readonly at: (index: bigint) => bigint;
} {
  const { least, most, step } = bounds;
  const whole = (most - least) / step;
  const count = whole + 1n + ((most - least) % step === 0n ? 0n : 1n);
  return { count, at: (index) => (index > whole ? most : least + index * step) };
}

function invalid(field: string, given: unknown, allowed: string): Result<never, CashFlowInvalid> {
  return err({ code: 'cash_flow_invalid', field, given: printGiven(given), allowed });
}
