import type { Decimal } from 'decimal.js';
import { err, ok, type Result } from 'neverthrow';
import { type CashFlow, checkCashFlow } from './cash-flow.ts';
import { countedRoots } from './counted-roots.ts';
import { type Polynomial, trimmed } from './polynomial.ts';
import { decimalOf, RATE_DECIMALS, readDecimals } from './rate-grid.ts';
import type { CashFlowInvalid, ReturnRateInvalid } from './refusals.ts';
import { rootsOf, type Term } from './sparse-roots.ts';

/** Every rate at which a cash flow comes to nothing, each once, the lowest first; a fraction of one for a period, such as `0.0184` for 1.84 %. */
export type InternalRates =
  | { readonly kind: 'none'; readonly rates: readonly [] }
  | { readonly kind: 'unique'; readonly rates: readonly [Decimal] }
  | { readonly kind: 'multiple'; readonly rates: readonly [Decimal, Decimal, ...Decimal[]] };

/**
 * Finds every rate above −100 % a period at which a cash flow comes to nothing. In whole numbers, by Descartes' rule and where that leaves something open by Sturm's
 * theorem: none is missed, and none is there that is not, however near two of them lie. Most winners of an auction chit have two or none, so that no single rate
 * could tell what a ticket costs.
 *
 * @param flow - One place a period.
 * @param decimals - To which each rate is rounded, a half up; exactly so. 10 where absent.
 * @returns All of them.
 *
 * @errors
 * - `cash_flow_invalid`: no list of 2 to 520 bigints, or nothing but zeros; or more than 120 of which the value comes so near to nothing without crossing it that
 *   rates would have to be counted.
 * - `rate_invalid`: `decimals` is not from 1 to 30.
 * @source docs/rules/chit-fund.md, CF-26
 */
export function internalRates(
  flow: CashFlow,
  decimals: number = RATE_DECIMALS,
): Result<InternalRates, CashFlowInvalid | ReturnRateInvalid> {
  const checked = checkCashFlow(flow);
  if (checked.isErr()) return err(checked.error);
  const read = readDecimals(decimals);
  if (read.isErr()) return err(read.error);
  const polynomial = polynomialOf(flow);
  const terms = polynomial.map((factor, power): Term => ({ power, factor })).filter(({ factor }) => factor !== 0n);
  // By Descartes' rule in milliseconds, where it proves that there are no others; where two rates may be one or none, by counting.
  const { roots, complete } = rootsOf(terms, { power: 1, decimals });
  if (!complete && polynomial.length > MOST_PERIODS_COUNTED)
    return err({ code: 'cash_flow_invalid', field: 'flow', given: `${polynomial.length} periods`, allowed: TOO_CLOSE });
  const units = complete ? roots : countedRoots(polynomial, decimals);
  return ok(named(units.map((unit) => decimalOf(unit - 10n ** BigInt(decimals), decimals))));
}

/** Names a list of rates by how many there are. */
export function named(rates: readonly Decimal[]): InternalRates {
  const [first, second, ...others] = rates;
  if (first === undefined) return { kind: 'none', rates: [] };
  if (second === undefined) return { kind: 'unique', rates: [first] };
  return { kind: 'multiple', rates: [first, second, ...others] };
}

/** The flow as a polynomial in 1 + rate, without roots at zero. */
function polynomialOf(flow: CashFlow): Polynomial {
  const rising = flow.toReversed();
  return trimmed(rising.slice(rising.findIndex((amount) => amount !== 0n)));
}

/** Counting takes seconds at this degree and minutes at twice that. */
const MOST_PERIODS_COUNTED = 120;
const TOO_CLOSE = `at most ${MOST_PERIODS_COUNTED} periods where the value comes so near to nothing without crossing it`;
