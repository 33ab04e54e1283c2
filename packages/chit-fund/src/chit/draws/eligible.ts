import type { DrawSetting } from '../../draw/draw.ts';
import { type Ineligible, whyNotEligible } from '../../draw/why-not-eligible.ts';
import { addDays } from '../../terms/calendar.ts';
import type { Day, Scheme } from '../../terms/terms.ts';
import { schemeOf } from '../scheme-of.ts';
import type { Chit, Membership, Ticket } from '../state.ts';

/**
 * Gives whose turn a draw is, as of a day. A draw that is held anew finds only the winners that are missing, and gives the foreman no instalment.
 *
 * @param chit - The scheme.
 * @param instalment - The draw's.
 * @param today - The local day.
 */
export function settingOf(chit: Chit, instalment: number, today: Day): DrawSetting {
  const scheme = schemeOf(chit);
  const { companyTicket } = chit;
  const taken = companyTicket !== undefined && chit.tickets[companyTicket - 1]?.prize !== undefined;
  const reserved = chit.terms.companyChit?.instalment === instalment ? undefined : companyTicket;
  const missing = scheme.winnersPerDraw - (chit.instalments[instalment - 1]?.wins.length ?? 0);
  const unprized: number[] = [];
  const eligible: number[] = [];
  for (const [index, ticket] of chit.tickets.entries()) {
    if (ticket.prize) continue;
    unprized.push(index + 1);
    if (index + 1 !== reserved && whyNot(chit, ticket, index + 1, today).length === 0) eligible.push(index + 1);
  }
  return {
    scheme: missing === scheme.winnersPerDraw && !taken ? scheme : again(scheme, missing),
    instalment,
    unprized,
    eligible,
    ...(companyTicket === undefined || taken ? {} : { foremanTicket: companyTicket }),
  };
}

/** Says why a ticket may not bid or win, as of a day; an empty list where it may. */
export function whyNot(chit: Chit, ticket: Ticket, number: number, today: Day): readonly Ineligible[] {
  const { graceDays } = chit.terms.late;
  return whyNotEligible({
    ticket: number,
    prized: ticket.prize !== undefined,
    vacant: !HOLDING.includes(ticket.membership),
    inArrears: ticket.arrears.some(({ late, due }) => late || today > addDays(due, graceDays)),
    uncleared: false,
    underLien: (ticket.liens?.length ?? 0) > 0,
  });
}

function again(scheme: Scheme, winnersPerDraw: number): Scheme {
  const { companyChit: _companyChit, ...terms } = scheme.terms;
  return { ...scheme, winnersPerDraw, terms };
}

const HOLDING: readonly Membership[] = ['active', 'held'];
