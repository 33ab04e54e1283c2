import { err, ok, type Result } from 'neverthrow';
import type { Scheme } from '../terms/terms.ts';
import type { TooManyTickets } from './refusals.ts';

/**
 * Tells whether a person may hold that many tickets of a scheme, so that no few of them decide its draws.
 *
 * @param scheme - The scheme; where its terms know no bound, any number is fine.
 * @param held - Tickets that the person would hold, begun parts counted as whole ones.
 * @returns The number.
 *
 * @errors
 * - `too_many_tickets`: carries the bound.
 * @source docs/rules/chit-fund.md, CF-21
 */
export function checkHolding(scheme: Scheme, held: number): Result<number, TooManyTickets> {
  const allowed = scheme.terms.custom?.ticketsPerPerson;
  return allowed === undefined || held <= allowed ? ok(held) : err({ code: 'too_many_tickets', held, allowed });
}
