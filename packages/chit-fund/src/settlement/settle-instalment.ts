import { assertSettleable } from './assert-settleable.ts';
import { settleDiscounts } from './settle-discounts.ts';
import { settleHui } from './settle-hui.ts';
import { settleIncrement, settleSchedule } from './settle-prizes.ts';
import type { Settlement, SettlementInput } from './settlement.ts';

/**
 * Settles an instalment: what each ticket pays, what each winner gets, what is shared, and what is carried on.
 *
 * What comes in goes out, to the minor unit: the dues, the carry, the reserve and the float before are the prizes, the
 * commission, the tax that is not out of it, and the carry, the reserve and the float after.
 *
 * @param input - The scheme, the winners of the draw, the tickets as before it, and what the instalment before left.
 * @returns The settlement; the same for the same input.
 * @throws A `TypeError` with code `settlement_invalid` for what no draw of the scheme can give: a defect, since winners
 * come from a draw and the rest from settlements.
 * @source docs/rules/chit-fund.md, CF-6 to CF-12
 */
export function settleInstalment(input: SettlementInput): Settlement {
  assertSettleable(input);
  switch (input.scheme.terms.method.type) {
    case 'fixed_increment':
      return settleIncrement(input);
    case 'fixed_schedule':
      return settleSchedule(input);
    case 'hui_discount':
    case 'hui_premium':
      return settleHui(input);
    default:
      return settleDiscounts(input);
  }
}
