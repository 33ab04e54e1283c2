import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { CashFlowInvalid } from './refusals.ts';

/**
 * What a ticket's holder gets less what he pays, one place for each instalment, the first one first: below zero where he pays. In minor units of one currency.
 */
export type CashFlow = readonly bigint[];

/** The most periods whose returns are told: ten years of weeks. */
export const MOST_PERIODS = 520;

/**
 * Makes a ticket's cash flow.
 *
 * @param course - What it paid and what it got in each instalment, in minor units; the longer list says how many there are.
 * @returns What it got less what it paid.
 */
export function cashFlowOf(course: {
  readonly paid: readonly bigint[];
  readonly received: readonly bigint[];
}): CashFlow {
  const { paid, received } = course;
  const periods = Math.max(paid.length, received.length);
  return Array.from({ length: periods }, (_, index) => (received[index] ?? 0n) - (paid[index] ?? 0n));
}

/**
 * Tells whether returns can be told of a cash flow.
 *
 * @param flow - Anything.
 * @returns The flow.
 *
 * @errors
 * - `cash_flow_invalid`: no list of 2 to 520 bigints, or nothing but zeros, which every rate would fit.
 */
export function checkCashFlow(flow: CashFlow): Result<CashFlow, CashFlowInvalid> {
  const allowed = `2 to ${MOST_PERIODS} bigints that are not all zero`;
  const refuse = (field: string, given: unknown): Result<never, CashFlowInvalid> =>
    err({ code: 'cash_flow_invalid', field, given: printGiven(given), allowed });
  if (!Array.isArray(flow)) return refuse('flow', flow);
  if (flow.length < 2 || flow.length > MOST_PERIODS) return refuse('flow', `${flow.length} periods`);
  const wrong = flow.findIndex((amount: unknown) => typeof amount !== 'bigint');
  if (wrong >= 0) return refuse(`flow.${wrong}`, flow[wrong]);
  return flow.every((amount) => amount === 0n) ? refuse('flow', 'nothing but zeros') : ok(flow);
}
