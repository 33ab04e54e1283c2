import { addDuration, type Duration, hours, type Instant, laterOf, minutes } from '@holdfast/kernel';
import type { Attempt } from './attempt.ts';
import { repairHorizonEnd } from './repair-horizon.ts';

/** How often an open attempt is looked up: first after a while, then ever less often. */
export interface LookupPacing {
  readonly first: Duration;
  /** The longest pause. */
  readonly most: Duration;
}

/** After a minute, then after twice as long each time, every six hours at least. */
export const lookupPacing: LookupPacing = { first: minutes(1), most: hours(6) };

/**
 * Gives when an attempt is to be looked up next: while it is unknown, waits for an operator or is in conflict.
 * After a 5xx one look-up falls on the end of the repair horizon, where absence begins to count.
 *
 * @returns `undefined` where nothing is open.
 * @source docs/rules/providers.md, PR-9
 */
export function nextLookup(attempt: Attempt, pacing: LookupPacing = lookupPacing): Instant | undefined {
  const { state, lookups, changedAt } = attempt;
  if (!LOOKED_UP.has(state.status)) return undefined;
  const pauseMs = Math.min(pacing.first.ms * 2 ** Math.min(lookups.count, 30), pacing.most.ms);
  const next = addDuration(laterOf(lookups.lastAt ?? changedAt, changedAt), { ms: pauseMs });
  const horizon = state.status === 'unknown' && state.because === 'server_error' && repairHorizonEnd(attempt);
  if (!horizon || next < horizon || (lookups.lastAt !== undefined && lookups.lastAt >= horizon)) return next;
  return horizon;
}

const LOOKED_UP: ReadonlySet<string> = new Set(['unknown', 'waiting', 'conflict']);
