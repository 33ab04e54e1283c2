import { isHui, WHOLE_BPS } from '../terms/derive.ts';
import type { Scheme } from '../terms/terms.ts';

/**
 * Gives a part of what bids are made of: of the prize before the discount, in a hui of the subscription.
 *
 * @param scheme - The scheme.
 * @param bps - Basis points; what is below zero counts as zero.
 * @returns Minor units, rounded down.
 */
export function amountOf(scheme: Scheme, bps: bigint): bigint {
  const whole = isHui(scheme.terms.method) ? scheme.subscription : scheme.grossPrize;
  return bps <= 0n ? 0n : (whole * bps) / WHOLE_BPS;
}
