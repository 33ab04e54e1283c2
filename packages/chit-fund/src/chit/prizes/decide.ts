import type { Context } from '@holdfast/kernel';
import { isIn, largestRemainder } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { prizeAccount, ticketAccount, unpaidAccount, worldAccount } from '../accounts.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { Moves } from '../moves.ts';
import { creditTicket } from '../payments/credit-ticket.ts';
import { accrue } from '../payments/interest.ts';
import type {
  ChitCurrencyDiffers,
  ChitNotDue,
  ChitWrongPhase,
  CreditTooSmall,
  PrizeWrongStatus,
  SecurityTooSmall,
  TicketUnknown,
} from '../refusals.ts';
import { amountOf, futureLiability, isUnderAct, schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, Phase, Prize, PrizeStatus, Ticket } from '../state.ts';
import type { GiveSecurity, PayPrize, PrepayPrize, PrizeCommand } from './commands.ts';
import type { PrizeEvent } from './events.ts';
import { requiredFor } from './required-security.ts';

/** Why a command about prizes is refused, in order of precedence. */
export type PrizesRefusal =
  | ChitWrongPhase
  | TicketUnknown
  | ChitCurrencyDiffers
  | PrizeWrongStatus
  | ChitNotDue
  | SecurityTooSmall
  | CreditTooSmall;

type Decided = Result<readonly PrizeEvent[], PrizesRefusal>;

/**
 * Decides what happens with prizes.
 *
 * @source docs/rules/chit-fund.md, CF-37
 */
export function decidePrizes(
  chit: Chit,
  command: PrizeCommand,
  context: Context,
  environment: ChitEnvironment,
): Decided {
  const { phase } = chit;
  if (!LIVE.includes(phase)) return err({ code: 'chit_wrong_phase', chit: context.id, phase, allowed: LIVE });
  const { ticket } = command;
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { prize } = known;
  if (!prize || !ALLOWED[command.type].includes(prize.status))
    return err({ code: 'prize_wrong_status', ticket, status: prize?.status ?? 'none' });
  switch (command.type) {
    case 'GiveSecurity':
      return decideSecurity(chit, command, dayOf(context.at, environment));
    case 'PayPrize':
      return decidePayPrize(chit, { known, prize, command, context, environment });
    case 'PrepayPrize':
      return decidePrepay(chit, { prize, command, context, environment });
    case 'DepositPrize': {
      const { instalment, amount } = prize;
      const { id, at } = context;
      const today = dayOf(at, environment);
      const from = schemeOf(chit).drawDays[instalment] ?? schemeOf(chit).dueDays[instalment - 1] ?? today;
      if (today < from) return err({ code: 'chit_not_due', instalment, from, today });
      // Nothing below refuses.
      const { transfers } = new Moves(chit).add(
        prizeAccount(id, instalment),
        unpaidAccount(id, instalment),
        amount,
        'deposit',
      );
      return ok([{ type: 'PrizeDeposited', ticket, instalment, at, amount: amountOf(chit, amount), transfers }]);
    }
  }
}

function decideSecurity(chit: Chit, { ticket, kind, value, reference }: GiveSecurity, today: string): Decided {
  const { currency } = schemeOf(chit);
  const code = value.currency.code;
  if (!isIn(value, currency)) return err({ code: 'chit_currency_differs', given: code, expected: currency.code });
  const required = requiredFor(chit, ticket, kind, today);
  if (value.minor < required)
    return err({ code: 'security_too_small', ticket, required: amountOf(chit, required), given: value });
  return ok([{ type: 'SecurityGiven', ticket, kind, value, reference }]);
}

function decidePayPrize(
  chit: Chit,
  given: {
    readonly known: Ticket;
    readonly prize: Prize;
    readonly command: PayPrize;
    readonly context: Context;
    readonly environment: ChitEnvironment;
  },
): Decided {
  const { known, prize, command, context, environment } = given;
  const { ticket, channel } = command;
  const { instalment, amount } = prize;
  const required =
    isUnderAct(chit) && !prize.security ? requiredFor(chit, ticket, 'movable', dayOf(context.at, environment)) : 0n;
  if (required > 0n)
    return err({
      code: 'security_too_small',
      ticket,
      required: amountOf(chit, required),
      given: amountOf(chit, 0n),
    });
  // Nothing below refuses.
  const parts = largestRemainder(
    amount,
    known.holders.map(({ parts: count }) => BigInt(count)),
  );
  const moves = new Moves(chit);
  for (const part of parts) moves.add(liesIn(prize, context.id), worldAccount(channel), part, 'prize');
  const shares = known.holders.map(({ person }, index) => ({ person, amount: amountOf(chit, parts[index] ?? 0n) }));
  const { transfers } = moves;
  return ok([{ type: 'PrizePaid', ticket, instalment, amount: amountOf(chit, amount), channel, shares, transfers }]);
}

function decidePrepay(
  chit: Chit,
  given: {
    readonly prize: Prize;
    readonly command: PrepayPrize;
    readonly context: Context;
    readonly environment: ChitEnvironment;
  },
): Decided {
  const { prize, command, context, environment } = given;
  const { ticket, channel } = command;
  const { id } = context;
  const { instalment, amount } = prize;
  const today = dayOf(context.at, environment);
  // What is in arrears is paid with it: nobody has credit and owes something.
  const owed = (ticketOf(chit, ticket)?.arrears ?? [])
    .map((arrear) => accrue(arrear, chit.terms.late, today))
    .reduce((sum, { principal, forfeited, interest }) => sum + principal + forfeited + interest, 0n);
  const kept = futureLiability(chit, ticket) + owed;
  if (kept > amount)
    return err({
      code: 'credit_too_small',
      ticket,
      required: amountOf(chit, kept),
      available: amountOf(chit, amount),
    });
  // Nothing below refuses.
  const lies = liesIn(prize, id);
  const moves = new Moves(chit)
    .add(lies, ticketAccount(id, ticket), kept, 'prepaid')
    .add(lies, worldAccount(channel), amount - kept, 'prize');
  const credited = creditTicket(chit, { id, ticket, amount: kept, today }, moves);
  const { transfers } = moves;
  const paid = amountOf(chit, amount - kept);
  return ok([
    {
      type: 'PrizePrepaid',
      ticket,
      instalment,
      paid,
      kept: amountOf(chit, kept),
      credited,
      channel,
      transfers,
    },
  ]);
}

/** Names the account in which a prize lies. */
export function liesIn({ status, instalment }: Prize, id: string): string {
  return status === 'deposited' ? unpaidAccount(id, instalment) : prizeAccount(id, instalment);
}

const LIVE: readonly Phase[] = ['running', 'suspended', 'matured', 'terminated_by_consent', 'terminated_by_incapacity'];
const READY: readonly PrizeStatus[] = ['awaiting', 'secured', 'deposited'];
const ALLOWED: { readonly [Type in PrizeCommand['type']]: readonly PrizeStatus[] } = {
  GiveSecurity: ['declared', 'awaiting', 'deposited'],
  PayPrize: READY,
  PrepayPrize: READY,
  DepositPrize: ['awaiting', 'secured'],
};
