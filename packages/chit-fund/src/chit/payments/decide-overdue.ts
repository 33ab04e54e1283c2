import type { Context } from '@holdfast/kernel';
import { err, ok } from 'neverthrow';
import { addDays } from '../../terms/calendar.ts';
import { statusOf } from '../draws/decide.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import { schemeOf } from '../scheme-of.ts';
import type { Chit } from '../state.ts';
import type { MarkOverdue } from './commands.ts';
import type { PaymentDecided } from './decide.ts';

/**
 * Decides who is late with an instalment: the days of grace are over, and what is still open bears interest and forfeits its dividend, as the agreement says.
 *
 * @source docs/rules/chit-fund.md, CF-36
 */
export function decideOverdue(
  chit: Chit,
  { instalment }: MarkOverdue,
  { at }: Context,
  environment: ChitEnvironment,
): PaymentDecided {
  const known = chit.instalments[instalment - 1];
  if (!known?.money || known.overdue)
    return err({ code: 'instalment_wrong_status', instalment, status: statusOf(chit, instalment) });
  const today = dayOf(at, environment);
  const from = overdueFrom(chit, instalment);
  if (today < from) return err({ code: 'chit_not_due', instalment, from, today });
  // Nothing below refuses.
  const { forfeit } = chit.terms.late;
  const late = chit.tickets.flatMap(({ arrears }, index) => {
    const arrear = arrears.find((one) => one.instalment === instalment && !one.late);
    return arrear ? [{ ticket: index + 1, forfeited: forfeit === 'nothing' ? 0n : arrear.setOff }] : [];
  });
  return ok([{ type: 'InstalmentOverdue', instalment, late }]);
}

/** Gives the first day on which an instalment is late. */
export function overdueFrom(chit: Chit, instalment: number): string {
  const due = schemeOf(chit).dueDays[instalment - 1] ?? chit.terms.starts;
  return addDays(due, chit.terms.late.graceDays + 1);
}
