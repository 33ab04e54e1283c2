import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { DrawSetting } from './draw.ts';
import type { DrawInvalid } from './refusals.ts';

/**
 * Tells whether a draw's setting can be.
 *
 * @param setting - Whose turn it is.
 * @returns The setting.
 *
 * @errors
 * - `draw_invalid`: an instalment that there is not; tickets that are none, twice there or not in order; an eligible ticket that has won; a company chit
 *   to come without a ticket of the foreman that has not won.
 */
export function checkSetting(setting: DrawSetting): Result<DrawSetting, DrawInvalid> {
  const { scheme, instalment, unprized, eligible, foremanTicket } = setting;
  const { tickets, instalments, companyChit } = scheme.terms;
  if (!Number.isInteger(instalment) || instalment < 1 || instalment > instalments) {
    return invalid('instalment', instalment, `a whole number from 1 to ${instalments}`);
  }
  for (const [field, list] of Object.entries({ unprized, eligible })) {
    const wrong = list.findIndex((ticket, index) => !follows(ticket, list[index - 1] ?? 0, tickets));
    if (wrong >= 0) return invalid(`${field}.${wrong}`, list[wrong], `tickets from 1 to ${tickets} in ascending order`);
  }
  const prized = eligible.find((ticket) => !unprized.includes(ticket));
  if (prized !== undefined) return invalid('eligible', prized, 'tickets that have not won');
  const waits = companyChit !== undefined && companyChit.instalment >= instalment;
  if (waits && (foremanTicket === undefined || !unprized.includes(foremanTicket))) {
    return invalid('foremanTicket', foremanTicket, 'a ticket of the foreman that has not won: the company chit is his');
  }
  return ok(setting);
}

function follows(ticket: number, before: number, last: number): boolean {
  return Number.isInteger(ticket) && ticket > before && ticket <= last;
}

function invalid(field: string, given: unknown, allowed: string): Result<never, DrawInvalid> {
  return err({ code: 'draw_invalid', field, given: printGiven(given), allowed });
}
