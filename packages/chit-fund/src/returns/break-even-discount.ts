import type { Scheme } from '../terms/terms.ts';

/**
 * Gives the discount at which a ticket that pays these dues neither gains nor loses.
 *
 * @param scheme - The scheme.
 * @param dues - What the ticket pays in each instalment, dividends taken off, in minor units.
 * @returns Minor units; it may be a discount that cannot be bid.
 * @source docs/rules/chit-fund.md, CF-28
 */
export function breakEvenDiscount(scheme: Scheme, dues: readonly bigint[]): bigint {
  return scheme.grossPrize - dues.reduce((sum, due) => sum + due, 0n);
}
