import type { Context } from '@holdfast/kernel';
import { err, ok } from 'neverthrow';
import { addMonths } from '../../terms/calendar.ts';
import { isHui } from '../../terms/derive.ts';
import type { Day } from '../../terms/terms.ts';
import { prizeAccount, unpaidAccount } from '../accounts.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { Moves } from '../moves.ts';
import { lawNumber, ticketOf } from '../scheme-of.ts';
import type { Chit, PrizeStatus } from '../state.ts';
import type { VoidDraw } from './commands.ts';
import type { DrawDecided } from './decide.ts';

/**
 * Decides that a win is void: the prize lies ready for the next winner of the same instalment.
 *
 * @source docs/rules/chit-fund.md, CF-37
 */
export function decideVoid(
  chit: Chit,
  { instalment, ticket, why }: VoidDraw,
  { id, at }: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const known = ticketOf(chit, ticket);
  if (!known) return err({ code: 'ticket_unknown', ticket, tickets: chit.tickets.length });
  const { prize } = known;
  const win = chit.instalments[instalment - 1]?.wins.find((one) => one.ticket === ticket);
  const refused = (reason: 'method' | 'company_chit' | 'not_winner' | 'too_early') =>
    err({ code: 'redraw_not_possible', instalment, why: reason } as const);
  if (!win || prize?.instalment !== instalment) return refused('not_winner');
  if (win.how === 'company_chit') return refused('company_chit');
  if (isHui(chit.terms.method)) return refused('method');
  const allowed = why === 'uncollected' ? UNCOLLECTED : UNPAID;
  if (!allowed.includes(prize.status)) return err({ code: 'prize_wrong_status', ticket, status: prize.status });
  const from = collectedBy(chit, dayOf(prize.depositedAt ?? at, environment));
  if (why === 'uncollected' && dayOf(at, environment) < from) return refused('too_early');
  // Nothing below refuses.
  const { amount, status } = prize;
  const lies = status === 'deposited' ? unpaidAccount(id, instalment) : prizeAccount(id, instalment);
  const { transfers } = new Moves(chit).add(
    lies,
    prizeAccount(id, instalment),
    status === 'deposited' ? amount : 0n,
    'void',
  );
  return ok([{ type: 'DrawVoided', instalment, ticket, why, amount, transfers }]);
}

/** Gives the day from which an uncollected prize may be drawn anew, by when it was put apart. */
function collectedBy(chit: Chit, deposited: Day): Day {
  return addMonths(deposited, lawNumber(chit, 'in.redrawMonths', deposited));
}

const UNCOLLECTED: readonly PrizeStatus[] = ['deposited'];
const UNPAID: readonly PrizeStatus[] = ['declared', 'awaiting', 'secured', 'deposited'];
