import { addDuration, type Duration, days, type Instant } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { NoticeTooShort } from './refusals.ts';

/**
 * Tells whether a written offer comes, or is withdrawn, early enough before its draw. An offer is a bid like those in the room, with an earlier sequence: a higher
 * one beats it, and it wins against an equal one where the earliest wins.
 *
 * @param draws - When the draw opens.
 * @param at - When the offer, or its withdrawal, was handed in.
 * @param notice - How long before the draw the last moment is; a day where absent.
 * @returns The instant.
 *
 * @errors
 * - `notice_too_short`: carries the last instant.
 * @source docs/rules/chit-fund.md, CF-22
 */
export function checkAdvanceOffer(
  draws: Instant,
  at: Instant,
  notice: Duration = days(1),
): Result<Instant, NoticeTooShort> {
  const until = addDuration(draws, { ms: -notice.ms });
  return at <= until ? ok(at) : err({ code: 'notice_too_short', at, until });
}
