import type { Decimal } from 'decimal.js';
import { ok, type Result } from 'neverthrow';
import { effectiveAnnual, nominalAnnual } from './annual-rate.ts';
import type { CashFlow } from './cash-flow.ts';
import { type DualRate, type DualRateOptions, dualRate } from './dual-rate.ts';
import { type InternalRates, internalRates } from './internal-rates.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';

/** A rate with what it comes to in a year; all of them fractions of one. */
export interface RatePerYear {
  readonly perPeriod: Decimal;
  readonly effective: Decimal;
  readonly nominal: Decimal;
}

/** What a ticket's course comes to. */
export interface TicketReturns {
  /** All that was got less all that was paid, in minor units. */
  readonly gain: bigint;
  /** Every rate at which the course comes to nothing, or none. */
  readonly rates: InternalRates;
  /** That of {@link rates} nearest to zero, of two as near the one above: saving at it instead would have been as good. Absent where there is none. */
  readonly breakEven?: RatePerYear;
  /** What the ticket costs or yields next to saving: one rate for every ticket, or none. */
  readonly dual: DualRate;
}

/** At what a ticket's holder saves elsewhere, how many periods a year has, and how exactly rates are told. */
export interface TicketReturnsOptions extends DualRateOptions {
  /** 12 for months, 52 for weeks, 365 for days. */
  readonly periodsPerYear: number;
}

/**
 * Tells the returns of a ticket in all the ways that hold.
 *
 * @param flow - One place a period, in minor units.
 * @param options - The saving rate of a period, and the periods of a year.
 * @returns The gain, all internal rates, and the rate next to saving.
 *
 * @errors
 * - `cash_flow_invalid`: no list of 2 to 520 bigints, or nothing but zeros.
 * - `rate_invalid`: `saving` is no finite `Decimal` above −1, or `decimals` is not from 1 to 30.
 * @source docs/rules/chit-fund.md, CF-26, CF-27
 */
export function ticketReturns(
  flow: CashFlow,
  options: TicketReturnsOptions,
): Result<TicketReturns, CashFlowInvalid | ReturnRateInvalid> {
  return internalRates(flow, options.decimals).andThen((rates) =>
    dualRate(flow, options).andThen((dual) => {
      const gain = flow.reduce((sum, amount) => sum + amount, 0n);
      const nearest = nearestToZero(rates.rates);
      if (nearest === undefined) return ok({ gain, rates, dual });
      return ok({ gain, rates, breakEven: perYear(nearest, options.periodsPerYear), dual });
    }),
  );
}

function nearestToZero(rates: readonly Decimal[]): Decimal | undefined {
  return rates.toSorted((left, right) => left.abs().cmp(right.abs()) || right.cmp(left))[0];
}

function perYear(rate: Decimal, periods: number): RatePerYear {
  return { perPeriod: rate, effective: effectiveAnnual(rate, periods), nominal: nominalAnnual(rate, periods) };
}
