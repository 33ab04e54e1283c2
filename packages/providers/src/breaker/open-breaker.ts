import { addDuration, type Instant } from '@holdfast/kernel';
import type { BreakerSettings } from './settings.ts';
import type { OpenBreaker } from './state.ts';

/**
 * Opens a breaker for its next time: `openFor`, doubled for each opening before without a close between, at most `openAtMost`, spread by the jitter.
 *
 * @param openings - Which opening in a row it is, from 1.
 * @param random - From 0 up to 1; a half leaves the time as it is.
 */
export function openFrom(
  at: Instant,
  { generation, openings, random }: { readonly generation: number; readonly openings: number; readonly random: number },
  { openFor, openAtMost, jitterBps }: BreakerSettings,
): OpenBreaker {
  const plain = Math.min(openAtMost.ms, openFor.ms * 2 ** Math.min(openings - 1, 40));
  const ms = Math.max(1, Math.round(plain * (1 + (jitterBps / 10_000) * (2 * random - 1))));
  return { phase: 'open', generation, openings, openUntil: addDuration(at, { ms }) };
}

/** Gives the longest time that a breaker opens by itself, in milliseconds. */
export function longestOpenMs({ openAtMost, jitterBps }: BreakerSettings): number {
  return Math.ceil(openAtMost.ms * (1 + jitterBps / 10_000));
}
