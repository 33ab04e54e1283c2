import type { Command, Deadline, Standing } from '@holdfast/kernel';
import { addDays } from '../terms/calendar.ts';
import type { AnyChitCommand } from './commands.ts';
import { type ChitEnvironment, startOf } from './environment.ts';
import { overdueFrom } from './payments/decide-overdue.ts';
import { isUnderAct, schemeOf } from './scheme-of.ts';
import type { Chit } from './state.ts';

/**
 * Tells what a scheme stands for: its phase, and what the clock asks for. Sanctions lapse; bidding ends; a draw that nobody held is put off; an instalment is
 * settled, and late tickets are marked, when the days of grace are over; a prize that nobody collected is put apart when the next instalment is drawn.
 *
 * @source docs/rules/chit-fund.md, CF-39
 */
export function standingOf(chit: Chit, environment: ChitEnvironment): Standing {
  return { status: chit.phase, claims: [], deadlines: deadlinesOf(chit, environment), touches: [] };
}

function deadlinesOf(chit: Chit, environment: ChitEnvironment): readonly Deadline[] {
  const { phase, sanction } = chit;
  if (phase === 'sanctioned' && sanction)
    return [{ name: 'sanction', dueAt: startOf(sanction.lapsesOn, environment), command: { type: 'LapseSanction' } }];
  if (phase !== 'running' && phase !== 'matured') return [];
  return [
    ...drawDeadlines(chit, environment),
    ...instalmentDeadlines(chit, environment),
    ...prizeDeadlines(chit, environment),
  ];
}

function drawDeadlines(chit: Chit, environment: ChitEnvironment): readonly Deadline[] {
  const { draw, instalments, terms } = chit;
  if (draw) {
    const { closesAt, ended } = draw;
    return closesAt === undefined || ended
      ? []
      : [{ name: 'bidding', dueAt: closesAt, command: { type: 'EndBidding' } }];
  }
  const next = instalments.length + 1;
  const day = schemeOf(chit).drawDays[next - 1];
  if (day === undefined || next > terms.instalments || !instalments.every(({ money }) => money)) return [];
  const command = asked({ type: 'AdjournDraw', instalment: next, why: 'not_held' });
  return [{ name: 'draw', dueAt: startOf(addDays(day, 1), environment), command }];
}

function instalmentDeadlines(chit: Chit, environment: ChitEnvironment): readonly Deadline[] {
  return chit.instalments.flatMap(({ status, sequence, money, overdue }, index): readonly Deadline[] => {
    const instalment = index + 1;
    const dueAt = startOf(overdueFrom(chit, instalment), environment);
    if (status === 'declared')
      return [
        { name: `settle-${instalment}-${sequence}`, dueAt, command: asked({ type: 'SettleInstalment', instalment }) },
      ];
    const isOpen = chit.tickets.some(({ arrears }) =>
      arrears.some((one) => one.instalment === instalment && !one.late),
    );
    if (!money || overdue || !isOpen) return [];
    return [{ name: `overdue-${instalment}`, dueAt, command: asked({ type: 'MarkOverdue', instalment }) }];
  });
}

function asked(command: AnyChitCommand): Command {
  return command;
}

function prizeDeadlines(chit: Chit, environment: ChitEnvironment): readonly Deadline[] {
  if (!isUnderAct(chit)) return [];
  const { drawDays } = schemeOf(chit);
  return chit.tickets.flatMap(({ prize }, index): readonly Deadline[] => {
    if (prize?.status !== 'awaiting' && prize?.status !== 'secured') return [];
    const next = drawDays[prize.instalment];
    const sequence = chit.instalments[prize.instalment - 1]?.sequence ?? 1;
    if (next === undefined) return [];
    const command = asked({ type: 'DepositPrize', ticket: index + 1 });
    return [{ name: `deposit-${index + 1}-${sequence}`, dueAt: startOf(next, environment), command }];
  });
}
