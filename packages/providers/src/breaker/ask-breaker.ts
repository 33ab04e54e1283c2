import { addDuration, type Instant } from '@holdfast/kernel';
import { type BreakerMoment, passTime } from './pass-time.ts';
import type { BreakerSettings } from './settings.ts';
import type { BreakerPermit, BreakerState } from './state.ts';

/** What a breaker answers to who wants to call: a permit, or no, and from when it is worth asking again (`null`: not before somebody closes it). */
export type BreakerAnswer =
  | { readonly permit: BreakerPermit }
  | { readonly permit?: never; readonly retryAt: Instant | null };

/**
 * Asks a breaker for leave to call. Nobody waits: who gets no permit hears it at once.
 *
 * @returns The state after it, and the answer. Whoever shares the state keeps to the answer only if nobody else changed the state between.
 * @source docs/rules/providers.md, B-1, B-3
 */
export function askBreaker(
  before: BreakerState,
  moment: BreakerMoment,
  settings: BreakerSettings,
): { readonly state: BreakerState; readonly answer: BreakerAnswer } {
  const state = passTime(before, moment, settings);
  const { at } = moment;
  if (state.phase === 'closed') return { state, answer: { permit: { generation: state.generation, probe: 0 } } };
  if (state.phase === 'half_open') {
    if (state.probe) return { state, answer: { retryAt: state.probe.leaseUntil } };
    return grantProbe(state, at, settings);
  }
  const { generation, openings, openUntil } = state;
  if (openUntil === null || at < openUntil) return { state, answer: { retryAt: openUntil } };
  return grantProbe({ generation: generation + 1, openings, successes: 0, granted: 0 }, at, settings);
}

function grantProbe(
  half: {
    readonly generation: number;
    readonly openings: number;
    readonly successes: number;
    readonly granted: number;
  },
  at: Instant,
  { probeLease }: BreakerSettings,
) {
  const { generation, openings, successes } = half;
  const granted = half.granted + 1;
  const probe = { number: granted, leaseUntil: addDuration(at, probeLease) };
  const state: BreakerState = { phase: 'half_open', generation, openings, successes, granted, probe };
  return { state, answer: { permit: { generation, probe: granted } } };
}
