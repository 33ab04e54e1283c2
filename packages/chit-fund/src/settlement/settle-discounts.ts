import { chargesOf, sumOf } from './charges.ts';
import type { Settlement, SettlementInput } from './settlement.ts';

/**
 * Settles an instalment whose winners forgo a discount: auctions, lots, an agreed order.
 *
 * @param input - Of such a scheme.
 * @returns The settlement.
 * @source docs/rules/chit-fund.md, CF-6, CF-8, CF-9
 */
export function settleDiscounts(input: SettlementInput): Settlement {
  const { scheme, instalment, wins } = input;
  const charges = chargesOf(input);
  const discount = sumOf(wins.map((win) => win.discount));
  const pool = discount - charges.fromDiscount;
  const { dividends, carryOut } = sharePool(input, pool + charges.surplus + input.carryIn);
  const isLater = scheme.terms.dividend.lag === 1;
  const setOff = isLater ? input.setOff : dividends;
  return {
    instalment,
    discount,
    commission: charges.commission,
    tax: charges.tax,
    pool,
    onTop: dividends.map(() => charges.perTicket),
    dividends,
    dues: dividends.map((_, index) => scheme.subscription + charges.perTicket - (setOff[index] ?? 0n)),
    prizes: wins.map((win, index) => ({
      ticket: win.ticket,
      prize: scheme.grossPrize - win.discount - (charges.taxOfWinners[index] ?? 0n),
    })),
    carryOut,
    reserveOut: input.reserveIn,
    floatOut: isLater ? sumOf(dividends) : 0n,
  };
}

/** Gives each ticket that shares the same dividend, a multiple of the unit and never more than the subscription. */
function sharePool(input: SettlementInput, pool: bigint): Pick<Settlement, 'dividends' | 'carryOut'> {
  const { subscription, unit } = input.scheme;
  const receives = receivers(input);
  const count = BigInt(receives.filter(Boolean).length);
  const even = count === 0n ? 0n : (pool / (count * unit)) * unit;
  const most = subscription - (subscription % unit);
  const dividend = even < most ? even : most;
  return { dividends: receives.map((one) => (one ? dividend : 0n)), carryOut: pool - dividend * count };
}

function receivers({ scheme, wins, tickets }: SettlementInput): readonly boolean[] {
  const { among } = scheme.terms.dividend;
  const winners = new Set(wins.map(({ ticket }) => ticket));
  return tickets.map(({ ticket, prized }) => {
    if (among === 'all') return true;
    return !winners.has(ticket) && (among === 'others' || !prized);
  });
}
