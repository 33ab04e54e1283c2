import type { Context, Seen } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import {
  depositAccount,
  foremanAccount,
  prizeAccount,
  schemeAccount,
  schemePurses,
  ticketAccount,
  unclaimedAccount,
  unpaidAccount,
  worldAccount,
} from '../accounts.ts';
import { Moves } from '../moves.ts';
import { takeIncome } from '../payments/decide-money.ts';
import { liesIn } from '../prizes/decide.ts';
import type { ChitNotEmpty, ChitWrongPhase, NothingOpen, TicketUnknown } from '../refusals.ts';
import { amountOf, schemeOf, ticketOf } from '../scheme-of.ts';
import type { Chit, Phase } from '../state.ts';
import type { ClosingCommand } from './commands.ts';
import type { ClosingEvent } from './events.ts';

/** Why a command at the end of a scheme is refused, in order of precedence. */
export type ClosingRefusal = ChitWrongPhase | TicketUnknown | NothingOpen | ChitNotEmpty;

type Decided = Result<readonly ClosingEvent[], ClosingRefusal>;

/**
 * Decides the end of a scheme.
 *
 * @source docs/rules/chit-fund.md, CF-38
 */
export function decideClosing(seen: Seen, chit: Chit, command: ClosingCommand, context: Context): Decided {
  const { phase } = chit;
  const { id } = context;
  const allowed = command.type === 'PayUnclaimed' ? AFTER : ENDING;
  if (!allowed.includes(phase)) return err({ code: 'chit_wrong_phase', chit: id, phase, allowed });
  if (command.type === 'CompleteScheme') return decideComplete(seen, chit, id);
  const { ticket } = command;
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { code } = schemeOf(chit).currency;
  const unclaimed = unclaimedAccount(id, ticket);
  if (command.type === 'PayUnclaimed') {
    const { channel } = command;
    const lies = seen.balance(unclaimed, code);
    if (lies === 0n) return err({ code: 'nothing_open', ticket });
    const { transfers } = new Moves(chit).add(unclaimed, worldAccount(channel), lies, 'unclaimed');
    return ok([{ type: 'UnclaimedPaid', ticket, amount: amountOf(chit, lies), channel, transfers }]);
  }
  const { prize } = known;
  const moves = new Moves(chit);
  if (prize && UNPAID.includes(prize.status)) moves.add(liesIn(prize, id), unclaimed, prize.amount, 'unclaimed');
  for (const account of [ticketAccount(id, ticket), depositAccount(id, ticket)])
    moves.add(account, unclaimed, seen.balance(account, code), 'unclaimed');
  const { transfers } = moves;
  if (transfers.length === 0) return err({ code: 'nothing_open', ticket });
  const sum = transfers.reduce((total, { amount }) => total + amount.minor, 0n);
  return ok([{ type: 'UnclaimedDeposited', ticket, amount: amountOf(chit, sum), transfers }]);
}

/** Gives every account that a scheme may have money in. */
export function accountsOfScheme({ terms }: Pick<Chit, 'terms'>, id: string): readonly string[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...schemePurses.map((name) => schemeAccount(id, name)),
    ...numbers(terms.tickets).flatMap((ticket) => [ticketAccount(id, ticket), depositAccount(id, ticket)]),
    ...numbers(terms.instalments).flatMap((instalment) => [
      prizeAccount(id, instalment),
      unpaidAccount(id, instalment),
    ]),
  ];
}

function decideComplete(seen: Seen, chit: Chit, id: string): Decided {
  const { code } = schemeOf(chit).currency;
  const balances = new Map(accountsOfScheme(chit, id).map((account) => [account, seen.balance(account, code)]));
  const of = (name: 'commission' | 'tax' | 'penalties') => balances.get(schemeAccount(id, name)) ?? 0n;
  const taken = { commission: of('commission'), tax: of('tax'), penalties: of('penalties') };
  for (const name of ['commission', 'tax', 'penalties'] as const) balances.delete(schemeAccount(id, name));
  // What a redraw took and no pool brought in any more is the foreman's to bear.
  const lost = chit.carry < 0n ? -chit.carry : 0n;
  const advance = schemeAccount(id, 'advance');
  balances.set(advance, (balances.get(advance) ?? 0n) + lost);
  const accounts = [...balances].flatMap(([account, balance]) =>
    balance === 0n ? [] : [{ account, balance: `${balance}` }],
  );
  if (accounts.length > 0) return err({ code: 'chit_not_empty', accounts });
  const { transfers } = takeIncome(chit, id, taken).add(
    foremanAccount(chit.foreman, 'losses'),
    advance,
    lost,
    'redraw_loss',
  );
  return ok([{ type: 'SchemeCompleted', taken, transfers }]);
}

const ENDING: readonly Phase[] = ['matured', 'terminated_by_consent', 'terminated_by_incapacity'];
const AFTER: readonly Phase[] = [...ENDING, 'completed'];
const UNPAID = ['awaiting', 'secured', 'deposited'];
