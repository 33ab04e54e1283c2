import type { Context, Seen } from '@holdfast/kernel';
import { isIn } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import { addDays } from '../../terms/calendar.ts';
import { schemeAccount, ticketAccount, worldAccount } from '../accounts.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { least } from '../least.ts';
import { Moves } from '../moves.ts';
import { amountOf, schemeOf, settledCount, ticketOf } from '../scheme-of.ts';
import type { Arrear, Chit } from '../state.ts';
import type { PayInstalment, ReversePayment } from './commands.ts';
import { creditTicket } from './credit-ticket.ts';
import type { PaymentDecided } from './decide.ts';

/**
 * Decides a payment: it lies in the ticket's account, pays what is in arrears, and the rest is credit for the instalments to come.
 *
 * @source docs/rules/chit-fund.md, CF-35
 */
export function decidePay(
  chit: Chit,
  { ticket, amount, channel, payment }: PayInstalment,
  { id, at }: Context,
  environment: ChitEnvironment,
): PaymentDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { currency } = schemeOf(chit);
  const given = amount.currency.code;
  if (!isIn(amount, currency)) return err({ code: 'chit_currency_differs', given, expected: currency.code });
  if (chit.tickets.some(({ payments }) => payments.some((one) => one.id === payment)))
    return err({ code: 'payment_exists', payment });
  // Nothing below refuses.
  const on = dayOf(at, environment);
  const moves = new Moves(chit).add(worldAccount(channel), ticketAccount(id, ticket), amount.minor, 'payment');
  const credited = creditTicket(chit, { id, ticket, amount: amount.minor, today: on }, moves);
  const settledBefore = addDays(on, -environment.reversalDays);
  const { transfers } = moves;
  return ok([{ type: 'PaymentReceived', payment, amount, channel, on, credited, settledBefore, transfers }]);
}

/**
 * Decides that a payment is taken back: what the ticket's credit cannot give, the advance gives, and the ticket owes it again.
 *
 * @source docs/rules/chit-fund.md, CF-35
 */
export function decideReverse(
  seen: Seen,
  chit: Chit,
  { ticket, payment, why }: ReversePayment,
  { id, at }: Context,
  environment: ChitEnvironment,
): PaymentDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const today = dayOf(at, environment);
  const found = known.payments.find((one) => one.id === payment);
  if (!found || found.on < addDays(today, -environment.reversalDays))
    return err({ code: 'payment_not_reversible', ticket, payment });
  // Nothing below refuses.
  const { amount, channel } = found;
  const credit = seen.balance(ticketAccount(id, ticket), schemeOf(chit).currency.code);
  const covered = least(credit, amount);
  const { transfers } = new Moves(chit)
    .add(ticketAccount(id, ticket), worldAccount(channel), covered, 'reversal')
    .add(schemeAccount(id, 'advance'), worldAccount(channel), amount - covered, 'reversal');
  const arrears = withShortage(chit, ticket, amount - covered, today);
  return ok([
    { type: 'PaymentReversed', ticket, payment, amount: amountOf(chit, amount), channel, why, arrears, transfers },
  ]);
}

/** Adds what is missing to the ticket's newest instalment, as if it had never been paid. */
function withShortage(chit: Chit, ticket: number, shortage: bigint, today: string): readonly Arrear[] {
  const arrears = ticketOf(chit, ticket)?.arrears ?? [];
  if (shortage === 0n) return arrears;
  const newest = Math.max(1, settledCount(chit));
  const own = arrears.find(({ instalment }) => instalment === newest);
  if (own) return arrears.map((arrear) => (arrear === own ? { ...own, principal: own.principal + shortage } : arrear));
  const due = schemeOf(chit).dueDays[newest - 1] ?? today;
  const { graceDays, forfeit } = chit.terms.late;
  const late = chit.instalments[newest - 1]?.overdue === true || today > addDays(due, graceDays);
  const setOff = chit.setOff[ticket - 1] ?? 0n;
  const forfeited = late && forfeit !== 'nothing' ? setOff : 0n;
  const fresh: Arrear = {
    instalment: newest,
    due,
    principal: shortage,
    setOff,
    forfeited,
    withheld: 0n,
    interest: 0n,
    accruedTo: due,
    late,
  };
  return [...arrears, fresh];
}
