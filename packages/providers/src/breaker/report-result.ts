import { addDuration, type Instant } from '@holdfast/kernel';
import { openFrom } from './open-breaker.ts';
import { type BreakerMoment, passTime } from './pass-time.ts';
import type { BreakerSettings } from './settings.ts';
import type { BreakerPermit, BreakerResult, BreakerState, ClosedBreaker, HalfOpenBreaker } from './state.ts';

/**
 * Tells a breaker what came of a call under a permit. What comes late, from a generation that is over, changes nothing: neither does it open a breaker that
 * is trying again nor close one that is not.
 *
 * @source docs/rules/providers.md, B-1, B-3, B-4
 */
export function reportResult(
  before: BreakerState,
  { permit, result }: { readonly permit: BreakerPermit; readonly result: BreakerResult },
  moment: BreakerMoment,
  settings: BreakerSettings,
): BreakerState {
  const state = passTime(before, moment, settings);
  if (permit.generation !== state.generation) return state;
  if (state.phase === 'closed')
    return result === 'ignore' ? state : count(state, result === 'failure', moment, settings);
  if (state.phase === 'half_open' && state.probe?.number === permit.probe)
    return endProbe(state, result, moment, settings);
  return state;
}

function count(state: ClosedBreaker, failed: boolean, moment: BreakerMoment, settings: BreakerSettings): BreakerState {
  const { failuresInRow, window, remember } = settings;
  const { at, random } = moment;
  const since = addDuration(at, { ms: -remember.ms });
  // After a clock that was set back, what lies ahead of it is as good as now.
  const kept = state.recent.filter((one) => one.at > since).map((one) => (one.at > at ? { ...one, at } : one));
  const recent = [...kept, { at, failed }].slice(-Math.max(failuresInRow, window.size));
  // A success never opens it, though it may be what makes the window long enough to judge.
  if (!failed || !isTooMuch(recent, settings)) return { ...state, recent };
  return openFrom(at, { generation: state.generation + 1, openings: 1, random }, settings);
}

function isTooMuch(
  recent: readonly { readonly at: Instant; readonly failed: boolean }[],
  { failuresInRow, window }: BreakerSettings,
): boolean {
  const inRow = recent.length - 1 - recent.findLastIndex(({ failed }) => !failed);
  if (inRow >= failuresInRow) return true;
  const last = recent.slice(-window.size);
  const failures = last.filter(({ failed }) => failed).length;
  return last.length >= window.least && failures * 10_000 >= window.failureBps * last.length;
}

function endProbe(
  state: HalfOpenBreaker,
  result: BreakerResult,
  { at, random }: BreakerMoment,
  settings: BreakerSettings,
): BreakerState {
  const { generation, openings } = state;
  if (result === 'ignore') return { ...state, probe: null };
  if (result === 'failure')
    return openFrom(at, { generation: generation + 1, openings: openings + 1, random }, settings);
  const successes = state.successes + 1;
  if (successes < settings.probes) return { ...state, successes, probe: null };
  return { phase: 'closed', generation: generation + 1, recent: [] };
}
