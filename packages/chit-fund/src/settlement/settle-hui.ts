import { chargesOf, sumOf } from './charges.ts';
import type { Settlement, SettlementInput } from './settlement.ts';

/**
 * Settles a round of a hui: the winner gets all that the round collects.
 *
 * With discounts, those that have not won pay the subscription less the bid, those that have, and this winner, all of
 * it. With premiums, each earlier winner pays what it bid on top, and the pot grows by that.
 *
 * @param input - Of a hui in either form.
 * @returns The settlement; in the form with discounts what is not paid stands as the dividends of those who do not pay it.
 * @source docs/rules/chit-fund.md, CF-12
 */
export function settleHui(input: SettlementInput): Settlement {
  const { scheme, instalment, wins, tickets } = input;
  const charges = chargesOf(input);
  const hasDiscounts = scheme.terms.method.type === 'hui_discount';
  const [win] = wins;
  const bid = hasDiscounts ? (win?.discount ?? 0n) : 0n;
  const dividends = tickets.map(({ ticket, prized }) => (prized || ticket === win?.ticket ? 0n : bid));
  const premiums = tickets.map(({ premium }) => (hasDiscounts ? 0n : premium));
  const discount = sumOf(dividends);
  return {
    instalment,
    discount,
    commission: charges.commission,
    tax: charges.tax,
    pool: discount,
    onTop: premiums.map((premium) => charges.perTicket + premium),
    dividends,
    dues: tickets.map(
      (_, index) => scheme.subscription + charges.perTicket + (premiums[index] ?? 0n) - (dividends[index] ?? 0n),
    ),
    prizes: wins.map(({ ticket }) => ({ ticket, prize: scheme.gross - discount + sumOf(premiums) })),
    carryOut: input.carryIn + charges.surplus,
    reserveOut: input.reserveIn,
    floatOut: 0n,
  };
}
