import { addDuration, type Instant } from '@holdfast/kernel';
import { longestOpenMs, openFrom } from './open-breaker.ts';
import type { BreakerSettings } from './settings.ts';
import type { BreakerState } from './state.ts';

/** The instant of a step and its chance. Both come from outside: a breaker has neither clock nor dice. */
export interface BreakerMoment {
  readonly at: Instant;
  /** From 0 up to 1. */
  readonly random: number;
}

/**
 * Lets time pass: a probe whose lease has ended counts as a failure at the end of its lease. After a clock that was set back nothing lasts longer than it
 * could have from now on.
 *
 * @source docs/rules/providers.md, B-4, B-5
 */
export function passTime(state: BreakerState, { at, random }: BreakerMoment, settings: BreakerSettings): BreakerState {
  if (state.phase === 'closed') return state;
  if (state.phase === 'open') {
    if (state.openUntil === null || state.forced !== undefined) return state;
    const latest = addDuration(at, { ms: longestOpenMs(settings) });
    return state.openUntil > latest ? { ...state, openUntil: latest } : state;
  }
  if (!state.probe) return state;
  const { leaseUntil } = state.probe;
  const latest = addDuration(at, settings.probeLease);
  if (leaseUntil > latest) return { ...state, probe: { ...state.probe, leaseUntil: latest } };
  if (at < leaseUntil) return state;
  const { generation, openings } = state;
  return openFrom(leaseUntil, { generation: generation + 1, openings: openings + 1, random }, settings);
}
