import type { Decimal } from 'decimal.js';
import { err, ok, type Result } from 'neverthrow';
import { type CashFlow, checkCashFlow } from './cash-flow.ts';
import { Exact, plain, readReturnRate } from './rate-grid.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';

/**
 * Tells what a cash flow is worth in its first period at a rate.
 *
 * @param flow - One place a period, in minor units.
 * @param rate - For a period, above −1.
 * @returns Minor units with their fractions: the exact sum, rounded once to 60 digits.
 *
 * @errors
 * - `cash_flow_invalid`: no list of 2 to 520 bigints, or nothing but zeros.
 * - `rate_invalid`: no finite `Decimal` above −1.
 * @source docs/rules/chit-fund.md, CF-26
 */
export function npvAt(flow: CashFlow, rate: Decimal): Result<Decimal, CashFlowInvalid | ReturnRateInvalid> {
  const checked = checkCashFlow(flow);
  if (checked.isErr()) return err(checked.error);
  const read = readReturnRate(rate, 'rate');
  if (read.isErr()) return err(read.error);
  const { num, den } = read.value;
  // Σ f (1+r)^−k = Σ f (num+den)^(n−k) den^k / (num+den)^n
  let value = 0n;
  let scale = 1n;
  for (const amount of flow) {
    value = value * (num + den) + amount * scale;
    scale *= den;
  }
  const divisor = (num + den) ** BigInt(flow.length - 1);
  return ok(plain(new Exact(value.toString()).div(divisor.toString())));
}
