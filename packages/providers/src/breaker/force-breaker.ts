import type { Instant } from '@holdfast/kernel';
import type { BreakerState, ClosedBreaker, OpenBreaker } from './state.ts';

/**
 * Opens a breaker by hand: nothing goes through until an instant, when a probe tries, or until somebody closes it. Permits that are out count no more.
 *
 * @source docs/rules/providers.md, B-6
 */
export function forceOpen(
  { generation }: BreakerState,
  { reason, until }: { readonly reason: string; readonly until?: Instant },
): OpenBreaker {
  return { phase: 'open', generation: generation + 1, openings: 1, openUntil: until ?? null, forced: reason };
}

/**
 * Closes a breaker by hand, whatever it has counted. Permits that are out count no more.
 *
 * @source docs/rules/providers.md, B-6
 */
export function forceClose({ generation }: BreakerState): ClosedBreaker {
  return { phase: 'closed', generation: generation + 1, recent: [] };
}
