import { divideRounded } from '@holdfast/money';
import { chargesOf, sumOf } from './charges.ts';
import type { Settlement, SettlementInput } from './settlement.ts';

/**
 * Settles an instalment that collects its own prizes and the commission, the same from each ticket.
 *
 * @param input - Of a scheme with fixed increments.
 * @returns The settlement; what is collected beyond, to a unit of each ticket, is carried and lowers the next dues.
 * @source docs/rules/chit-fund.md, CF-10
 */
export function settleIncrement(input: SettlementInput): Settlement {
  const { scheme, tickets, carryIn } = input;
  const charges = chargesOf(input);
  const gross = prizeOf(input);
  const needed = gross * BigInt(input.wins.length) + charges.onTop;
  const count = BigInt(tickets.length);
  const missing = needed > carryIn ? needed - carryIn : 0n;
  const due = divideRounded(missing, count * scheme.unit, 'ceiling') * scheme.unit;
  return {
    ...withoutDiscounts(input, charges, gross),
    onTop: tickets.map(() => 0n),
    dues: tickets.map(() => due),
    carryOut: carryIn + due * count - needed,
    reserveOut: input.reserveIn,
  };
}

/**
 * Settles an instalment that collects subscriptions into a reserve and pays its prizes out of it.
 *
 * @param input - Of a scheme with a fixed schedule.
 * @returns The settlement; each ticket pays its subscription and what comes on top.
 * @throws A `TypeError` with code `settlement_invalid` where the reserve does not hold the prizes.
 * @source docs/rules/chit-fund.md, CF-11
 */
export function settleSchedule(input: SettlementInput): Settlement {
  const { scheme, tickets } = input;
  const charges = chargesOf(input);
  const gross = prizeOf(input);
  const reserveOut = input.reserveIn + scheme.gross - gross * BigInt(input.wins.length);
  if (reserveOut < 0n) {
    throw Object.assign(new TypeError('The reserve does not hold the prizes.'), { code: 'settlement_invalid' });
  }
  return {
    ...withoutDiscounts(input, charges, gross),
    onTop: tickets.map(() => charges.perTicket),
    dues: tickets.map(() => scheme.subscription + charges.perTicket),
    carryOut: input.carryIn + charges.surplus,
    reserveOut,
  };
}

/** The prize of each winner of the instalment, before tax. */
function prizeOf({ scheme, instalment }: SettlementInput): bigint {
  const { method } = scheme.terms;
  const prizes = method.type === 'fixed_increment' || method.type === 'fixed_schedule' ? method.prizes : [];
  return prizes[instalment - 1]?.minor ?? 0n;
}

function withoutDiscounts(input: SettlementInput, charges: ReturnType<typeof chargesOf>, gross: bigint) {
  return {
    instalment: input.instalment,
    discount: sumOf(input.wins.map((win) => win.discount)),
    commission: charges.commission,
    tax: charges.tax,
    pool: 0n,
    dividends: input.tickets.map(() => 0n),
    prizes: input.wins.map((win, index) => ({
      ticket: win.ticket,
      prize: gross - (charges.taxOfWinners[index] ?? 0n),
    })),
    floatOut: 0n,
  };
}
