import { type Context, freeText, type Seen } from '@holdfast/kernel';
import { isIn } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import { foremanAccount, schemeAccount, ticketAccount, worldAccount } from '../accounts.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { least } from '../least.ts';
import { Moves } from '../moves.ts';
import { amountOf, futureLiability, schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, Ticket } from '../state.ts';
import type { RestoreDividend, ReturnCredit, WriteOff } from './commands.ts';
import { creditTicket } from './credit-ticket.ts';
import type { PaymentDecided } from './decide.ts';

/** Decides that a ticket's credit goes back to its holder. */
export function decideReturn(
  seen: Seen,
  chit: Chit,
  { ticket, amount, channel }: ReturnCredit,
  { id }: Context,
): PaymentDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { currency } = schemeOf(chit);
  const given = amount.currency.code;
  if (!isIn(amount, currency)) return err({ code: 'chit_currency_differs', given, expected: currency.code });
  const credit = seen.balance(ticketAccount(id, ticket), currency.code);
  // What was kept of a prize pays the instalments to come: only what is beyond them may go.
  const bound = known.prize?.status === 'prepaid' ? futureLiability(chit, ticket) : 0n;
  const free = credit > bound ? credit - bound : 0n;
  if (amount.minor > free)
    return err({ code: 'credit_too_small', ticket, required: amount, available: amountOf(chit, free) });
  // Nothing below refuses.
  const { transfers } = new Moves(chit).add(ticketAccount(id, ticket), worldAccount(channel), amount.minor, 'return');
  return ok([{ type: 'CreditReturned', ticket, amount, channel, transfers }]);
}

/** Decides that what a ticket owes is given up: the foreman bears what the advance has paid for it. */
export function decideWriteOff(chit: Chit, { ticket, why }: WriteOff, { id }: Context): PaymentDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { arrears } = known;
  if (arrears.length === 0) return err({ code: 'nothing_open', ticket });
  // Nothing below refuses.
  const { principal, withheld, transfers } = writeOff(chit, known, id);
  const amount = amountOf(chit, principal);
  return ok([{ type: 'ArrearsWrittenOff', ticket, why: freeText(why), amount, withheld, transfers }]);
}

/** Gives what giving a ticket's arrears up comes to, in minor units: the foreman bears what the advance has paid, and has what was withheld. */
export function writeOff(chit: Chit, { arrears }: Pick<Ticket, 'arrears'>, id: string) {
  const principal = arrears.reduce((sum, arrear) => sum + arrear.principal, 0n);
  const withheld = arrears.reduce((sum, arrear) => sum + arrear.withheld, 0n);
  const { transfers } = new Moves(chit)
    .add(foremanAccount(chit.foreman, 'losses'), schemeAccount(id, 'advance'), principal, 'write_off')
    .add(schemeAccount(id, 'forfeits'), schemeAccount(id, 'penalties'), withheld, 'forfeit');
  return { principal, withheld, transfers };
}

/** Decides that the foreman takes what he has earned so far, and puts the tax where it is kept. */
export function decideIncome(seen: Seen, chit: Chit, { id }: Context): PaymentDecided {
  const { code } = schemeOf(chit).currency;
  const [commission, tax, penalties] = (['commission', 'tax', 'penalties'] as const).map((name) =>
    seen.balance(schemeAccount(id, name), code),
  ) as [bigint, bigint, bigint];
  const { transfers } = takeIncome(chit, id, { commission, tax, penalties });
  return ok([
    {
      type: 'IncomeTaken',
      commission: amountOf(chit, commission),
      tax: amountOf(chit, tax),
      penalties: amountOf(chit, penalties),
      transfers,
    },
  ]);
}

/** Gives the movements by which a foreman takes what he has earned. */
export function takeIncome(chit: Chit, id: string, taken: Chit['taken']): Moves {
  const { foreman } = chit;
  return new Moves(chit)
    .add(schemeAccount(id, 'commission'), foremanAccount(foreman, 'income'), taken.commission, 'income')
    .add(schemeAccount(id, 'penalties'), foremanAccount(foreman, 'income'), taken.penalties, 'income')
    .add(schemeAccount(id, 'tax'), foremanAccount(foreman, 'tax'), taken.tax, 'tax');
}

/**
 * Decides that a ticket was on time after all: what being late with one instalment has cost is given again, and what it would still cost is not owed.
 *
 * @source docs/rules/chit-fund.md, CF-36
 */
export function decideRestore(
  seen: Seen,
  chit: Chit,
  { ticket, instalment, why }: RestoreDividend,
  { id, at }: Context,
  environment: ChitEnvironment,
): PaymentDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const arrear = known.arrears.find((one) => one.instalment === instalment && one.late);
  const costs = known.costs.filter((one) => one.instalment === instalment);
  if (!arrear && costs.length === 0) return err({ code: 'nothing_open', ticket });
  // Nothing below refuses.
  const fromPenalties = costs.reduce((sum, { penalties }) => sum + penalties, 0n);
  const fromCarry = costs.reduce((sum, { carry }) => sum + carry, 0n);
  const withheld = arrear?.withheld ?? 0n;
  const own = ticketAccount(id, ticket);
  const here = seen.balance(schemeAccount(id, 'penalties'), schemeOf(chit).currency.code);
  const left = least(here, fromPenalties);
  const moves = new Moves(chit)
    .add(schemeAccount(id, 'penalties'), own, left, 'restored')
    .add(foremanAccount(chit.foreman, 'income'), own, fromPenalties - left, 'restored')
    .add(schemeAccount(id, 'forfeits'), own, withheld, 'restored')
    .addCarry(id, own, { before: chit.carry, after: chit.carry - fromCarry });
  const restored = withoutLate(chit, ticket, instalment, fromCarry);
  const amount = fromPenalties + fromCarry + withheld;
  const credited = creditTicket(restored, { id, ticket, amount, today: dayOf(at, environment) }, moves);
  const { transfers } = moves;
  return ok([
    {
      type: 'DividendRestored',
      ticket,
      instalment,
      why: freeText(why),
      credited,
      fromPenalties,
      fromCarry,
      taken: fromPenalties - left,
      transfers,
    },
  ]);
}

/** Gives the scheme in which a ticket is not late with an instalment. What its open part cost is forgotten with it. */
export function withoutLate(chit: Chit, ticket: number, instalment: number, fromCarry: bigint): Chit {
  const tickets = chit.tickets.map((one, index) => {
    if (index !== ticket - 1) return one;
    const arrears = one.arrears.flatMap((arrear) => {
      if (arrear.instalment !== instalment) return [arrear];
      if (arrear.principal === 0n) return [];
      return [{ ...arrear, late: false, forfeited: 0n, withheld: 0n, interest: 0n, accruedTo: arrear.due }];
    });
    return { ...one, arrears, costs: one.costs.filter((cost) => cost.instalment !== instalment) };
  });
  return { ...chit, tickets, carry: chit.carry - fromCarry };
}
